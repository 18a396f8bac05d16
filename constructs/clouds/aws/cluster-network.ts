import type { ITerraformDependable } from "cdktf";

/** What a cluster and what is around it need of a network, whoever has made that. */
export interface ClusterNetwork {
  readonly vpcId: string;
  /** Zones in their order, by letters. */
  readonly zones: readonly { readonly letter: string; readonly dataSubnetId: string }[];
  /** Nodes and pods, one in each zone. */
  readonly privateSubnetIds: string[];
  /** EKS takes no zone into a control plane that it did not start in, so one added later is for nodes only. */
  readonly controlPlaneSubnetIds: string[];
  /** Dependencies: until these exist nodes reach no registry. */
  readonly egress: readonly ITerraformDependable[];
}
