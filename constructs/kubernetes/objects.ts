/*
 * The Kubernetes objects this program makes, as plain data: field for field what the API server accepts, and only the
 * fields that are used. The types are closed on purpose: `terraform/` converts each field by name, so a field added
 * here and forgotten there does not compile.
 */

import type { Bytes } from "../model/quantity";
import type { AutoscalerMetric, ScalingRules } from "./autoscaler-objects";
import type { GatewayObject } from "./gateway-objects";
import type { MonitoringObject } from "./monitoring-objects";
import type { Labels, PodTemplate } from "./pod-objects";
import type { PolicyByName } from "./policy-objects";
import type { IngressPort, SecretStoreRef } from "./references";
import type { ScalerObject } from "./scaler-objects";
import type { Certificate, Issuer, RabbitmqCluster, StatefulSet } from "./server-objects";

export type * from "./autoscaler-objects";
export type * from "./gateway-objects";
export type * from "./monitoring-objects";
export type * from "./pod-objects";
export type * from "./policy-objects";
export type * from "./scaler-objects";
export type * from "./server-objects";

export type KubernetesObject =
  | Namespace
  | ResourceQuota
  | LimitRange
  | ServiceAccount
  | ConfigMap
  | PersistentVolumeClaim
  | Deployment
  | CronJob
  | Job
  | Service
  | HorizontalPodAutoscaler
  | PodDisruptionBudget
  | NetworkPolicy
  | PolicyByName
  | Ingress
  | GatewayObject
  | ExternalSecret
  | SealedSecret
  | StatefulSet
  | Issuer
  | Certificate
  | RabbitmqCluster
  | MonitoringObject
  | ScalerObject;

export interface Metadata {
  readonly name: string;
  /** Absent for a Namespace only. */
  readonly namespace?: string;
  readonly labels: Labels;
  readonly annotations?: Labels;
}

export interface Namespace {
  readonly apiVersion: "v1";
  readonly kind: "Namespace";
  readonly metadata: Metadata;
}

export interface ResourceQuota {
  readonly apiVersion: "v1";
  readonly kind: "ResourceQuota";
  readonly metadata: Metadata;
  readonly spec: { readonly hard: Labels };
}

export interface LimitRange {
  readonly apiVersion: "v1";
  readonly kind: "LimitRange";
  readonly metadata: Metadata;
  readonly spec: {
    readonly limits: readonly {
      readonly type: "Container";
      readonly default: Labels;
      readonly defaultRequest: Labels;
    }[];
  };
}

export interface ServiceAccount {
  readonly apiVersion: "v1";
  readonly kind: "ServiceAccount";
  readonly metadata: Metadata;
  readonly automountServiceAccountToken: boolean;
  /** Secrets by which nodes pull the images of its pods. */
  readonly imagePullSecrets?: readonly { readonly name: string }[];
}

export interface ConfigMap {
  readonly apiVersion: "v1";
  readonly kind: "ConfigMap";
  readonly metadata: Metadata;
  readonly data: Labels;
}

export interface PersistentVolumeClaim {
  readonly apiVersion: "v1";
  readonly kind: "PersistentVolumeClaim";
  readonly metadata: Metadata;
  readonly spec: {
    readonly accessModes: readonly ("ReadWriteMany" | "ReadWriteOnce")[];
    readonly storageClassName: string;
    readonly resources: { readonly requests: { readonly storage: Bytes } };
  };
}

export interface Deployment {
  readonly apiVersion: "apps/v1";
  readonly kind: "Deployment";
  readonly metadata: Metadata;
  readonly spec: {
    readonly replicas: number;
    readonly revisionHistoryLimit: number;
    readonly progressDeadlineSeconds: number;
    readonly minReadySeconds: number;
    readonly strategy: {
      readonly type: "RollingUpdate";
      readonly rollingUpdate: { readonly maxSurge: number | string; readonly maxUnavailable: number | string };
    };
    readonly selector: { readonly matchLabels: Labels };
    readonly template: PodTemplate;
  };
}

export interface CronJob {
  readonly apiVersion: "batch/v1";
  readonly kind: "CronJob";
  readonly metadata: Metadata;
  readonly spec: {
    readonly schedule: string;
    readonly timeZone: string;
    readonly concurrencyPolicy: "Allow" | "Forbid" | "Replace";
    readonly startingDeadlineSeconds: number;
    readonly successfulJobsHistoryLimit: number;
    readonly failedJobsHistoryLimit: number;
    readonly jobTemplate: {
      readonly metadata: { readonly labels: Labels; readonly annotations?: Labels };
      readonly spec: {
        readonly backoffLimit: number;
        readonly activeDeadlineSeconds: number;
        readonly ttlSecondsAfterFinished: number;
        readonly template: PodTemplate;
      };
    };
  };
}

/** Job without a time to live: Terraform would run again what was cleaned up. */
export interface Job {
  readonly apiVersion: "batch/v1";
  readonly kind: "Job";
  readonly metadata: Metadata;
  readonly spec: {
    readonly backoffLimit: number;
    readonly activeDeadlineSeconds: number;
    readonly template: PodTemplate;
  };
}

export interface Service {
  readonly apiVersion: "v1";
  readonly kind: "Service";
  readonly metadata: Metadata;
  readonly spec: {
    readonly type: "ClusterIP";
    readonly selector: Labels;
    readonly ports: readonly {
      readonly name: string;
      readonly port: number;
      readonly targetPort: string | number;
      readonly protocol: "TCP" | "UDP";
      /** `kubernetes.io/h2c`: HTTP/2 without TLS. @default - HTTP/1.1, for whoever reads it */
      readonly appProtocol?: string;
    }[];
  };
}

export interface HorizontalPodAutoscaler {
  readonly apiVersion: "autoscaling/v2";
  readonly kind: "HorizontalPodAutoscaler";
  readonly metadata: Metadata;
  readonly spec: {
    readonly scaleTargetRef: { readonly apiVersion: "apps/v1"; readonly kind: "Deployment"; readonly name: string };
    readonly minReplicas: number;
    readonly maxReplicas: number;
    readonly metrics: readonly AutoscalerMetric[];
    readonly behavior: { readonly scaleUp: ScalingRules; readonly scaleDown: ScalingRules };
  };
}

export interface PodDisruptionBudget {
  readonly apiVersion: "policy/v1";
  readonly kind: "PodDisruptionBudget";
  readonly metadata: Metadata;
  readonly spec: {
    readonly maxUnavailable: number | string;
    readonly selector: { readonly matchLabels: Labels };
    /** `AlwaysAllow`: a pod that was never ready does not block a node's drain. */
    readonly unhealthyPodEvictionPolicy: "AlwaysAllow";
  };
}

export interface NetworkPolicy {
  readonly apiVersion: "networking.k8s.io/v1";
  readonly kind: "NetworkPolicy";
  readonly metadata: Metadata;
  readonly spec: {
    readonly podSelector: { readonly matchLabels?: Labels };
    readonly policyTypes: readonly ("Ingress" | "Egress")[];
    readonly ingress?: readonly { readonly from?: readonly PolicyPeer[]; readonly ports?: readonly PolicyPort[] }[];
    readonly egress?: readonly { readonly to?: readonly PolicyPeer[]; readonly ports?: readonly PolicyPort[] }[];
  };
}

export interface PolicyPeer {
  readonly podSelector?: { readonly matchLabels: Labels };
  /** Namespaces by their labels; without any, every namespace. */
  readonly namespaceSelector?: { readonly matchLabels?: Labels };
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

export interface PolicyPort {
  readonly port: number | string;
  readonly protocol: "TCP" | "UDP";
}

export interface Ingress {
  readonly apiVersion: "networking.k8s.io/v1";
  readonly kind: "Ingress";
  readonly metadata: Metadata;
  readonly spec: {
    readonly ingressClassName: string;
    readonly tls: readonly { readonly hosts: readonly string[]; readonly secretName: string }[];
    readonly rules: readonly {
      readonly host: string;
      /** Absent: another Ingress leads there. */
      readonly http?: {
        readonly paths: readonly {
          readonly path: string;
          readonly pathType: "Prefix" | "Exact";
          readonly backend: {
            readonly service: { readonly name: string; readonly port: IngressPort };
          };
        }[];
      };
    }[];
  };
}

export interface ExternalSecret {
  readonly apiVersion: "external-secrets.io/v1";
  readonly kind: "ExternalSecret";
  readonly metadata: Metadata;
  readonly spec: {
    readonly refreshInterval: string;
    readonly secretStoreRef: SecretStoreRef;
    readonly target: {
      readonly name: string;
      readonly creationPolicy: "Owner";
      readonly deletionPolicy: "Retain";
      readonly template: {
        readonly engineVersion: "v2";
        readonly type: "Opaque" | "kubernetes.io/dockerconfigjson";
        readonly metadata: { readonly labels: Labels };
        readonly data: Labels;
      };
    };
    readonly data: readonly {
      /** The name by which `target.template` refers to it. */
      readonly secretKey: string;
      readonly remoteRef: { readonly key: string; readonly property?: string; readonly version?: string };
    }[];
  };
}

export interface SealedSecret {
  readonly apiVersion: "bitnami.com/v1alpha1";
  readonly kind: "SealedSecret";
  readonly metadata: Metadata;
  readonly spec: {
    readonly encryptedData: Labels;
    readonly template: { readonly type: "Opaque"; readonly metadata: { readonly labels: Labels } };
  };
}
