import type { PoliciesByNameStage } from "../../kubernetes/facts";
import type { RegionInNames } from "../shared/region-in-names";
import { clusterName } from "./names";
import { type AwsNetwork, isMade } from "./network-props";
import type { AwsDns, AwsProps, KarpenterPool, KubernetesVersion, LogRetentionDays, S3AddressSource } from "./props";
import type { AwsRegion } from "./regions";
import { defaultZones } from "./regions";
import { planSubnets } from "./subnets";

export const DEFAULT_KUBERNETES_VERSION: KubernetesVersion = "1.36";

/** What stacks that stand on a cluster need to be told of it. The rest they look up. */
export interface Place extends RegionInNames {
  readonly region: AwsRegion;
  readonly accountId: string;
  readonly clusterName?: string;
  readonly stateBucket?: string;
  readonly permissionsBoundary?: string;
  /** Blocks of the data subnets, as literals: network policies are made of them. */
  readonly dataCidrs: readonly string[];
  /** The same where another program has made the cluster: they are what somebody said, and looked up. @default - they are as they were made */
  readonly saidCidrs?: readonly string[];
  /** Subnets of a network that somebody else has made, which no tags tell. @default - they are found by tags of this program */
  readonly subnets?: GivenSubnets;
  readonly autoMode: boolean;
  /** @default - the cluster is somebody else's, and has the version it has */
  readonly kubernetesVersion?: KubernetesVersion;
  /** What Karpenter makes nodes from. @default - no Karpenter: the cluster's nodes are somebody else's */
  readonly karpenter?: KarpenterSettings;
  readonly dns?: AwsDns;
  /** @default - `DEFAULT_LOG_RETENTION_DAYS` of the environment's profile */
  readonly logRetentionDays?: LogRetentionDays;
  readonly policiesByName?: PoliciesByNameStage;
  /** @default "public" */
  readonly s3Addresses?: S3AddressSource;
}

/** Ids of subnets, in each zone one. */
export interface GivenSubnets {
  /** @default - the VPC is that of the cluster */
  readonly vpcId?: string;
  /** @default - nodes are none of this program's */
  readonly nodes?: readonly string[];
  readonly data: readonly string[];
  /** @default - load balancers are none of this program's */
  readonly loadBalancers?: readonly string[];
}

export interface KarpenterSettings {
  readonly pool: KarpenterPool;
  readonly kubernetesVersion: KubernetesVersion;
  readonly image: string | undefined;
}

/** `undefined` in Auto Mode, which has nodes of its own, and where it is refused. */
export function karpenterPool({ nodes = {} }: AwsProps): KarpenterPool | undefined {
  if (nodes.autoMode === true || nodes.karpenter === false) return undefined;
  return nodes.karpenter ?? {};
}

export const nodeImage = ({ nodes }: AwsProps): string | undefined =>
  nodes?.autoMode === true ? undefined : nodes?.image;

export const isAutoMode = ({ nodes }: AwsProps): boolean => nodes?.autoMode === true;

/** The place of an environment that this program creates. */
export function ownPlace(props: AwsProps): Place {
  const { region, accountId, clusterName, regionInNames, stateBucket, dns, network } = props;
  const pool = karpenterPool(props);
  const kubernetesVersion = props.kubernetesVersion ?? DEFAULT_KUBERNETES_VERSION;
  return {
    region,
    accountId,
    clusterName,
    regionInNames,
    stateBucket,
    ...subnetsOf(network, region),
    autoMode: isAutoMode(props),
    kubernetesVersion,
    karpenter: pool && { pool, kubernetesVersion, image: nodeImage(props) },
    dns,
    logRetentionDays: props.logRetentionDays,
    policiesByName: props.policiesByName,
    s3Addresses: props.s3Addresses,
  };
}

function subnetsOf(network: AwsNetwork, region: AwsRegion): Pick<Place, "dataCidrs" | "subnets"> {
  if (isMade(network)) {
    const planned = planSubnets(network.cidr, network.zones ?? defaultZones(region));
    return { dataCidrs: planned.map(({ blocks }) => blocks.data) };
  }
  const { zones, vpcId } = network.existing;
  return {
    dataCidrs: zones.map(({ data }) => data.cidr),
    subnets: {
      vpcId,
      nodes: zones.map(({ nodes }) => nodes.id),
      data: zones.map(({ data }) => data.id),
      loadBalancers: zones.map(({ loadBalancers }) => loadBalancers),
    },
  };
}

/** `aws/…/production`: what tells the environment's place from every other. */
export const place = (
  environment: { readonly name: string },
  props: Pick<Place, "accountId" | "region" | "clusterName" | "regionInNames">,
): readonly string[] => ["aws", props.accountId, props.region, clusterName(environment, props)];
