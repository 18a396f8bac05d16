/** @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html */
export const FLOW_LOG_INTERVALS = [60, 600] as const;
export type FlowLogInterval = (typeof FLOW_LOG_INTERVALS)[number];

/** The network of an environment: one that it makes, or one that somebody else has made. It stays the one or the other. */
export type AwsNetwork = MadeAwsNetwork | ExistingAwsNetwork;

/** A VPC of the environment's own. */
export interface MadeAwsNetwork {
  /**
   * Block of the VPC, private (RFC 1918), /16 to /20, apart from the cluster's service addresses 172.20.0.0/16.
   * Each zone gets an eighth of it for nodes and pods. Cannot be changed later.
   */
  readonly cidr: string;
  /**
   * Ids of three or four availability zones: `euc1-az1`. Append-only: subnets and what stands in them belong to the
   * position in this list, and a plan that takes one out, puts one in between or changes their order is refused. A
   * fourth may be added at the end, for nodes and data; the control plane stays in the first three.
   * @see https://github.com/aws/containers-roadmap/issues/2330
   * @default - three zones of the region
   */
  readonly zones?: readonly string[];
  /**
   * `per-zone`: one NAT gateway in each zone, so that losing a zone cuts off only that zone. `single`: one for all,
   * cheaper. @default - `per-zone` in profile `production`, `single` in `small`
   */
  readonly natGateways?: "per-zone" | "single";
  /**
   * Whether what nodes call all the time (images, identities, logs, secrets, keys) is reached inside the VPC rather than
   * through NAT: nine interface endpoints in each zone, which AWS bills by the hour. @default - in profile `production`
   */
  readonly interfaceEndpoints?: boolean;
  /**
   * Seconds of traffic that one record of the flow logs sums up: 600 are fewer records, which CloudWatch bills by the GB.
   * Another number is another flow log in the same log group. @default 60
   */
  readonly flowLogInterval?: FlowLogInterval;
  /** The other form's. @default - the VPC is made */
  readonly existing?: undefined;
}

/**
 * A VPC that somebody else has made: `network: { existing: {...} }`. Nothing of it is made, changed, tagged or taken away:
 * subnets, routes, NAT gateways, endpoints and flow logs are its owner's.
 */
export interface ExistingAwsNetwork {
  readonly existing: ExistingVpc;
}

export interface ExistingVpc {
  /** `vpc-0123456789abcdef0`: with DNS support and DNS hostnames on. */
  readonly vpcId: string;
  /**
   * Three or four availability zones with their subnets. Append-only, as zones of a VPC that is made: a plan that takes one
   * out, puts one in between or gives it other subnets is refused.
   */
  readonly zones: readonly ExistingZone[];
}

/** Subnets of one availability zone, which no other zone and no other tier has. */
export interface ExistingZone {
  /** Id of the zone: `euc1-az1`. */
  readonly zone: string;
  /** Nodes and pods: private, with a route out, by NAT or whatever else. A pod takes an address of it. */
  readonly nodes: AwsSubnet;
  /** Data services and shared volumes. No route out is needed. */
  readonly data: AwsSubnet;
  /** Id of the public subnet in which load balancers have their addresses, with eight of them free. It needs no tags. */
  readonly loadBalancers: string;
}

export interface AwsSubnet {
  /** `subnet-0123456789abcdef0` */
  readonly id: string;
  /** Its block, private (RFC 1918): policies are made of it, and a plan stops where the subnet has another. */
  readonly cidr: string;
}

export const isMade = (network: AwsNetwork): network is MadeAwsNetwork => network.existing === undefined;
