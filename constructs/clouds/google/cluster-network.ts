import type { ITerraformDependable } from "cdktf";

/** What a cluster needs of a network, whoever has made that. */
export interface ClusterNetwork {
  readonly networkId: string;
  readonly nodesSubnetId: string;
  /** Secondary ranges of the nodes' subnet, by name. */
  readonly ranges: { readonly pods: string; readonly services: string };
  readonly controlPlaneSubnetId: string;
  /** Block from which the Kubernetes API may be called, whatever the environment lists. */
  readonly inside: { readonly name: string; readonly cidr: string };
  /** Dependencies: until these exist nodes reach no registry. */
  readonly egress: readonly ITerraformDependable[];
}
