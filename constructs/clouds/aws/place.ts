import type { AwsProps, AwsDns, LogRetentionDays } from "./props";
import type { AwsRegion } from "./regions";
import { defaultZones } from "./regions";
import { planSubnets } from "./subnets";

export const DEFAULT_LOG_RETENTION_DAYS: LogRetentionDays = 90;

/** What stacks that stand on a cluster need to be told of it. The rest they look up. */
export interface Place {
  readonly region: AwsRegion;
  readonly accountId: string;
  readonly clusterName?: string;
  readonly stateBucket?: string;
  /** Blocks of the data subnets, as literals: network policies are made of them. */
  readonly dataCidrs: readonly string[];
  readonly autoMode: boolean;
  readonly dns?: AwsDns;
  readonly logRetentionDays: LogRetentionDays;
}

export const isAutoMode = ({ nodes }: AwsProps): boolean => nodes?.autoMode === true;

/** The place of an environment that this program creates. */
export function ownPlace(props: AwsProps): Place {
  const { region, accountId, clusterName, stateBucket, dns, network } = props;
  return {
    region,
    accountId,
    clusterName,
    stateBucket,
    dataCidrs: planSubnets(network.cidr, network.zones ?? defaultZones(region)).map(({ blocks }) => blocks.data),
    autoMode: isAutoMode(props),
    dns,
    logRetentionDays: props.logRetentionDays ?? DEFAULT_LOG_RETENTION_DAYS,
  };
}
