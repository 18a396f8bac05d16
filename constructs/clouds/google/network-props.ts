/** The network of an environment: one that it makes, or one that somebody else has made. It stays the one or the other. */
export type GoogleNetwork = MadeGoogleNetwork | ExistingGoogleNetwork;

/** A network of the environment's own. */
export interface MadeGoogleNetwork {
  /**
   * Block of the network, private (RFC 1918), /16 to /19, apart from 172.17.0.0/16, which Cloud SQL keeps for itself. Half
   * of it is for pods: 256 nodes in a /16, 32 in a /19. Cannot be changed later.
   */
  readonly cidr: string;
  /** Three or more zones of the region: `europe-west3-a`. Nodes are spread over them. @default - three zones of the region */
  readonly zones?: readonly string[];
  /**
   * Static addresses through which nodes reach the internet, 1 to 8: what partners put on their lists. Each carries 64,512
   * connections to one destination at a time. One may be added, none moves. @default 2 in profile `production`, 1 in `small`
   */
  readonly natAddresses?: number;
  /** The other form's. @default - the network is made */
  readonly existing?: undefined;
}

/**
 * A network that somebody else has made, in the environment's project or shared by another: `network: { existing: {...} }`.
 * Nothing of it is made, changed or taken away: subnets, NAT, routes, firewall rules and the access to private services are
 * its owner's.
 */
export interface ExistingGoogleNetwork {
  readonly existing: ExistingVpcNetwork;
  /** Three or more zones of the region. Nodes are spread over them. @default - three zones of the region */
  readonly zones?: readonly string[];
}

export interface ExistingVpcNetwork {
  /** Id of the project that has the network and shares it (Shared VPC). @default - the environment's own */
  readonly project?: string;
  /** Name of the network. */
  readonly name: string;
  /** Nodes: with Private Google Access, and a way out by Cloud NAT or whatever else. */
  readonly nodes: GoogleSubnet;
  /** Secondary range of the nodes' subnet. GKE takes 128 addresses for each node. No other cluster has it. */
  readonly pods: SecondaryRange;
  /** Secondary range of the nodes' subnet. No other cluster has it. */
  readonly services: SecondaryRange;
  /** Where the control plane has its address: a /28 is enough. */
  readonly controlPlane: GoogleSubnet;
  /** Range of the network's access to private services in which data services and shared volumes have their addresses. */
  readonly data: AllocatedRange;
}

export interface GoogleSubnet {
  /** Name of the subnet, in the environment's region. */
  readonly subnet: string;
  /** Its block, private (RFC 1918). A plan stops where the subnet has another. */
  readonly cidr: string;
}

export interface SecondaryRange {
  /** Name of the range. */
  readonly range: string;
  /** Its block, private (RFC 1918). A plan stops where the range has another. */
  readonly cidr: string;
}

/** @see https://cloud.google.com/vpc/docs/configure-private-services-access#allocating-range */
export interface AllocatedRange {
  /** Name of the allocated range. */
  readonly range: string;
  /** Its block, private (RFC 1918): network policies are made of it. A plan stops where the range has another. */
  readonly cidr: string;
}

/** What applications need of such a network. */
export interface GivenNetwork {
  /** `projects/<project>/global/networks/<network>` */
  readonly id: string;
  /** Name of the allocated range. */
  readonly dataRange: string;
}

export const isMade = (network: GoogleNetwork): network is MadeGoogleNetwork => network.existing === undefined;

export const networkId = (project: string, name: string): string => `projects/${project}/global/networks/${name}`;
