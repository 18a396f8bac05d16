/* What data services in the cluster are made of, beside what workloads have. See `objects.ts`. */

import type { Bytes } from "../model/quantity";
import type { Metadata } from "./objects";
import type { ContainerAmounts, Labels, PodTemplate, TopologySpreadConstraint } from "./pod-objects";

/** StatefulSet without claim templates, which nobody can change: a claim of its own can grow, and be protected. */
export interface StatefulSet {
  readonly apiVersion: "apps/v1";
  readonly kind: "StatefulSet";
  readonly metadata: Metadata;
  readonly spec: {
    readonly replicas: number;
    readonly revisionHistoryLimit: number;
    readonly serviceName: string;
    readonly updateStrategy: { readonly type: "RollingUpdate" };
    readonly selector: { readonly matchLabels: Labels };
    readonly template: PodTemplate;
  };
}

/** Who signs certificates in one namespace: each itself, or an authority by its key. */
export interface Issuer {
  readonly apiVersion: "cert-manager.io/v1";
  readonly kind: "Issuer";
  readonly metadata: Metadata;
  readonly spec: { readonly selfSigned: Record<string, never> } | { readonly ca: { readonly secretName: string } };
}

/** Durations as Go prints them, `8760h0m0s`: cert-manager writes them back so. */
export interface Certificate {
  readonly apiVersion: "cert-manager.io/v1";
  readonly kind: "Certificate";
  readonly metadata: Metadata;
  readonly spec: {
    readonly secretName: string;
    readonly secretTemplate: { readonly labels: Labels };
    readonly issuerRef: { readonly group: "cert-manager.io"; readonly kind: "Issuer"; readonly name: string };
    readonly commonName?: string;
    readonly dnsNames?: readonly string[];
    readonly isCA?: boolean;
    readonly duration: string;
    readonly renewBefore: string;
    readonly privateKey: {
      readonly algorithm: "ECDSA" | "RSA";
      readonly size: number;
      readonly rotationPolicy: "Always" | "Never";
    };
    readonly usages: readonly ("cert sign" | "crl sign" | "digital signature" | "key encipherment" | "server auth")[];
  };
}

/** A cluster of RabbitMQ nodes, made by its operator. */
export interface RabbitmqCluster {
  readonly apiVersion: "rabbitmq.com/v1beta1";
  readonly kind: "RabbitmqCluster";
  readonly metadata: Metadata;
  readonly spec: {
    readonly replicas: number;
    readonly image: string;
    readonly imagePullSecrets?: readonly { readonly name: string }[];
    readonly persistence: { readonly storageClassName: string; readonly storage: Bytes };
    readonly resources: { readonly requests: ContainerAmounts; readonly limits: ContainerAmounts };
    readonly rabbitmq: { readonly additionalConfig: string };
    readonly tls: {
      readonly secretName: string;
      readonly caSecretName: string;
      readonly disableNonTLSListeners: true;
    };
    readonly secretBackend: { readonly externalSecret: { readonly name: string } };
    readonly terminationGracePeriodSeconds: number;
    readonly override: {
      readonly statefulSet: {
        readonly spec: {
          readonly persistentVolumeClaimRetentionPolicy: {
            readonly whenDeleted: "Delete" | "Retain";
            readonly whenScaled: "Retain";
          };
          readonly template: {
            readonly spec: {
              readonly enableServiceLinks: boolean;
              readonly topologySpreadConstraints: readonly TopologySpreadConstraint[];
              /** Merged into the operator's own container of that name. */
              readonly containers: readonly [];
            };
          };
        };
      };
    };
  };
}
