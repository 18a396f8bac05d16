import type { ITerraformDependable } from "cdktf";
import type { ExistingVirtualNetwork, Zone } from "./network-props";
import type { PrivateZones } from "./private-zones";

/** What a cluster and what is around it need of a network, whoever has made that. */
export interface ClusterNetwork {
  readonly nodeSubnetIds: Readonly<Partial<Record<Zone, string>>>;
  /** Subnets that the cluster's identity joins nodes and control plane to, by names that are construct ids. */
  readonly joined: readonly { readonly name: string; readonly id: string }[];
  /** `undefined` where the control plane stands outside. */
  readonly apiServerSubnetId: string | undefined;
  /** Addresses that nodes have outside, as far as they are known. */
  readonly natAddresses: readonly string[];
  readonly outbound: ExistingVirtualNetwork["outbound"];
  readonly endpointSubnetId: string;
  readonly zones: Pick<PrivateZones, "links" | "zoneIds">;
  /** The nodes' subnet of a network that somebody else has made. @default - the network is the environment's own */
  readonly given?: string;
  /** Dependencies: until these exist nodes reach no registry, or are reached by nobody. */
  readonly ready: readonly ITerraformDependable[];
}
