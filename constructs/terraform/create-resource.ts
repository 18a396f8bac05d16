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
import type { TerraformMetaArguments, TerraformResource } from "cdktf";
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
  convertPodDisruptionBudget,
  convertPolicyByName,
  convertSealedSecret,
} from "./convert/manifest";
import { convertLimitRange, convertNamespace, convertResourceQuota } from "./convert/namespace";
import { convertNetworkPolicy } from "./convert/network-policy";
import { convertCertificate, convertIssuer, convertRabbitmqCluster } from "./convert/server";
import { convertIngress, convertService } from "./convert/service";
import { convertStatefulSet } from "./convert/stateful-set";

/** How Terraform treats a resource, beside what it is. */
export type Lifecycle = Pick<TerraformMetaArguments, "dependsOn" | "forEach" | "lifecycle">;

/** The one place that knows which Terraform resource stands for which kind. */
export function createResource(
  scope: Construct,
  id: string,
  object: KubernetesObject,
  lifecycle: Lifecycle,
): TerraformResource {
  switch (object.kind) {
    case "Namespace":
      return new NamespaceV1(scope, id, { ...convertNamespace(object), ...lifecycle });
    case "ResourceQuota":
      return new ResourceQuotaV1(scope, id, { ...convertResourceQuota(object), ...lifecycle });
    case "LimitRange":
      return new LimitRangeV1(scope, id, { ...convertLimitRange(object), ...lifecycle });
    case "ServiceAccount":
      return new ServiceAccountV1(scope, id, { ...convertServiceAccount(object), ...lifecycle });
    case "ConfigMap":
      return new ConfigMapV1(scope, id, { ...convertConfigMap(object), ...lifecycle });
    case "PersistentVolumeClaim":
      return new PersistentVolumeClaimV1(scope, id, { ...convertPersistentVolumeClaim(object), ...lifecycle });
    case "Deployment":
      return new DeploymentV1(scope, id, { ...convertDeployment(object), ...lifecycle });
    case "CronJob":
      return new CronJobV1(scope, id, { ...convertCronJob(object), ...lifecycle });
    case "Job":
      return new JobV1(scope, id, { ...convertJob(object), ...lifecycle });
    case "Service":
      return new ServiceV1(scope, id, { ...convertService(object), ...lifecycle });
    case "HorizontalPodAutoscaler":
      return new HorizontalPodAutoscalerV2(scope, id, { ...convertAutoscaler(object), ...lifecycle });
    case "PodDisruptionBudget":
      return new Manifest(scope, id, { ...convertPodDisruptionBudget(object), ...lifecycle });
    case "NetworkPolicy":
      return new NetworkPolicyV1(scope, id, { ...convertNetworkPolicy(object), ...lifecycle });
    case "FQDNNetworkPolicy":
    case "ApplicationNetworkPolicy":
    case "CiliumNetworkPolicy":
      return new Manifest(scope, id, { ...convertPolicyByName(object), ...lifecycle });
    case "Ingress":
      return new IngressV1(scope, id, { ...convertIngress(object), ...lifecycle });
    case "Gateway":
      return new Manifest(scope, id, { ...convertGateway(object), ...lifecycle });
    case "HTTPRoute":
    case "ClientTrafficPolicy":
    case "BackendTrafficPolicy":
    case "SecurityPolicy":
      return new Manifest(scope, id, { ...convertGatewayObject(object), ...lifecycle });
    case "ExternalSecret":
      return new Manifest(scope, id, { ...convertExternalSecret(object), ...lifecycle });
    case "SealedSecret":
      return new Manifest(scope, id, { ...convertSealedSecret(object), ...lifecycle });
    case "StatefulSet":
      return new StatefulSetV1(scope, id, { ...convertStatefulSet(object), ...lifecycle });
    case "Issuer":
      return new Manifest(scope, id, { ...convertIssuer(object), ...lifecycle });
    case "Certificate":
      return new Manifest(scope, id, { ...convertCertificate(object), ...lifecycle });
    case "RabbitmqCluster":
      return new Manifest(scope, id, { ...convertRabbitmqCluster(object), ...lifecycle });
  }
}
