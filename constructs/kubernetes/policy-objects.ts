import type { Metadata } from "./objects";
import type { Labels } from "./pod-objects";

/* Policies that know hosts by their names, as the data planes of the clouds read them. They only open, as a NetworkPolicy does. */

/** Policy of GKE: https://cloud.google.com/kubernetes-engine/docs/how-to/fqdn-network-policies */
export interface FqdnNetworkPolicy {
  readonly apiVersion: "networking.gke.io/v1alpha1";
  readonly kind: "FQDNNetworkPolicy";
  readonly metadata: Metadata;
  readonly spec: {
    readonly podSelector: { readonly matchLabels: Labels };
    readonly egress: readonly {
      readonly matches: readonly { readonly name: string }[];
      readonly ports: readonly { readonly protocol: "TCP"; readonly port: number }[];
    }[];
  };
}

/** Policy of EKS in Auto Mode: https://docs.aws.amazon.com/eks/latest/userguide/auto-net-pol.html */
export interface ApplicationNetworkPolicy {
  readonly apiVersion: "networking.k8s.aws/v1alpha1";
  readonly kind: "ApplicationNetworkPolicy";
  readonly metadata: Metadata;
  readonly spec: {
    readonly podSelector: { readonly matchLabels: Labels };
    readonly policyTypes: readonly ["Egress"];
    readonly egress: readonly {
      readonly to: readonly { readonly domainNames: readonly string[] }[];
      readonly ports: readonly { readonly protocol: "TCP"; readonly port: number }[];
    }[];
  };
}

/** Policy of Cilium, as AKS takes it: https://docs.cilium.io/en/stable/security/policy/language/ */
export interface CiliumNetworkPolicy {
  readonly apiVersion: "cilium.io/v2";
  readonly kind: "CiliumNetworkPolicy";
  readonly metadata: Metadata;
  readonly spec: {
    readonly endpointSelector: { readonly matchLabels: Labels };
    readonly egress: readonly (CiliumDnsRule | CiliumNameRule)[];
  };
}

/** Sends what pods ask DNS through the proxy that learns addresses from the answers. */
export interface CiliumDnsRule {
  readonly toEndpoints: readonly { readonly matchLabels: Labels }[];
  readonly toPorts: readonly {
    readonly ports: readonly CiliumPort[];
    readonly rules: { readonly dns: readonly { readonly matchName: string }[] };
  }[];
}

export interface CiliumNameRule {
  readonly toFQDNs: readonly { readonly matchName: string }[];
  readonly toPorts: readonly { readonly ports: readonly CiliumPort[] }[];
}

/** Ports are text there. */
export interface CiliumPort {
  readonly port: string;
  readonly protocol: "TCP" | "ANY";
}

export type PolicyByName = FqdnNetworkPolicy | ApplicationNetworkPolicy | CiliumNetworkPolicy;
