import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { CronJobV1 } from "@cdktf/provider-kubernetes/lib/cron-job-v1";
import { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { HorizontalPodAutoscalerV2 } from "@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2";
import { IngressV1 } from "@cdktf/provider-kubernetes/lib/ingress-v1";
import { JobV1 } from "@cdktf/provider-kubernetes/lib/job-v1";
import { LimitRangeV1 } from "@cdktf/provider-kubernetes/lib/limit-range-v1";
import { Manifest } from "@cdktf/provider-kubernetes/lib/manifest";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { PersistentVolumeClaimV1 } from "@cdktf/provider-kubernetes/lib/persistent-volume-claim-v1";
import { ResourceQuotaV1 } from "@cdktf/provider-kubernetes/lib/resource-quota-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import { StatefulSetV1 } from "@cdktf/provider-kubernetes/lib/stateful-set-v1";
import type { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import type { KubernetesObject } from "../kubernetes/objects";
import { convertAutoscaler } from "./convert/autoscaler";
import { convertConfigMap, convertPersistentVolumeClaim, convertServiceAccount } from "./convert/config";
import { convertCronJob } from "./convert/cron-job";
import { convertDeployment } from "./convert/deployment";
import { convertJob } from "./convert/job";
import {
  convertExternalSecret,
  convertGateway,
  convertGatewayObject,
  convertMonitoringObject,
  convertPodDisruptionBudget,
  convertPolicyByName,
  convertScalerObject,
  convertSealedSecret,
} from "./convert/manifest";
import { convertLimitRange, convertNamespace, convertResourceQuota } from "./convert/namespace";
import { convertNetworkPolicy } from "./convert/network-policy";
import { convertCertificate, convertIssuer, convertRabbitmqCluster } from "./convert/server";
import { convertIngress, convertService } from "./convert/service";
import { convertStatefulSet } from "./convert/stateful-set";

/** A Terraform resource that is not created yet: its arguments, and how it is created with some of them otherwise. */
export interface Conversion {
  readonly config: object;
  create(scope: Construct, id: string, more: object): TerraformResource;
}

const as = <C extends object>(
  Resource: new (scope: Construct, id: string, config: C) => TerraformResource,
  config: C,
): Conversion => ({ config, create: (scope, id, more) => new Resource(scope, id, { ...config, ...more }) });

/** The one place that knows which Terraform resource stands for which kind. */
export function conversionOf(object: KubernetesObject): Conversion {
  switch (object.kind) {
    case "Namespace":
      return as(NamespaceV1, convertNamespace(object));
    case "ResourceQuota":
      return as(ResourceQuotaV1, convertResourceQuota(object));
    case "LimitRange":
      return as(LimitRangeV1, convertLimitRange(object));
    case "ServiceAccount":
      return as(ServiceAccountV1, convertServiceAccount(object));
    case "ConfigMap":
      return as(ConfigMapV1, convertConfigMap(object));
    case "PersistentVolumeClaim":
      return as(PersistentVolumeClaimV1, convertPersistentVolumeClaim(object));
    case "Deployment":
      return as(DeploymentV1, convertDeployment(object));
    case "CronJob":
      return as(CronJobV1, convertCronJob(object));
    case "Job":
      return as(JobV1, convertJob(object));
    case "Service":
      return as(ServiceV1, convertService(object));
    case "HorizontalPodAutoscaler":
      return as(HorizontalPodAutoscalerV2, convertAutoscaler(object));
    case "PodDisruptionBudget":
      return as(Manifest, convertPodDisruptionBudget(object));
    case "NetworkPolicy":
      return as(NetworkPolicyV1, convertNetworkPolicy(object));
    case "FQDNNetworkPolicy":
    case "ApplicationNetworkPolicy":
    case "CiliumNetworkPolicy":
      return as(Manifest, convertPolicyByName(object));
    case "Ingress":
      return as(IngressV1, convertIngress(object));
    case "Gateway":
      return as(Manifest, convertGateway(object));
    case "HTTPRoute":
    case "ClientTrafficPolicy":
    case "BackendTrafficPolicy":
    case "SecurityPolicy":
      return as(Manifest, convertGatewayObject(object));
    case "PodMonitor":
    case "PrometheusRule":
      return as(Manifest, convertMonitoringObject(object));
    case "TriggerAuthentication":
    case "ScaledObject":
      return as(Manifest, convertScalerObject(object));
    case "ExternalSecret":
      return as(Manifest, convertExternalSecret(object));
    case "SealedSecret":
      return as(Manifest, convertSealedSecret(object));
    case "StatefulSet":
      return as(StatefulSetV1, convertStatefulSet(object));
    case "Issuer":
      return as(Manifest, convertIssuer(object));
    case "Certificate":
      return as(Manifest, convertCertificate(object));
    case "RabbitmqCluster":
      return as(Manifest, convertRabbitmqCluster(object));
  }
}
