import type { PoliciesByNameStage } from "../../kubernetes/facts";
import type { RegionInNames } from "../shared/region-in-names";
import type { AzureLocation } from "./locations";
import type { Place } from "./place";

/** An environment that another program created with `azure()`: `cloud: existingAzure({...})`. */
export interface ExistingAzureProps extends RegionInNames {
  readonly location: AzureLocation;
  /** Id of the subscription that the cluster is in. */
  readonly subscriptionId: string;
  /** Id of the Entra tenant that the subscription trusts. */
  readonly tenantId: string;
  /** AKS cluster to find. Everything around it is found by the names that `azure()` gives. @default - the environment's name */
  readonly clusterName?: string;
  /**
   * Blocks of the cluster's subnets `endpoints` and `mysql`. Network policies open to them, and a policy cannot be made
   * from what is known only when Terraform runs.
   */
  readonly dataCidrs: readonly string[];
  /**
   * Ids in the cluster's network, where its owner was given that (`network.existing`).
   * @default - everything is beside the cluster, by the names that `azure()` gives
   */
  readonly network?: FoundNetwork;
  /**
   * Name of the storage account with this program's Terraform state, made beforehand, with a container `tfstate`. Its
   * own: who may write to the platform's account can read and change the platform's state.
   */
  readonly stateAccount: string;
  /** Days that logs of data services are kept, 30 to 730. @default 365 in profile `production`, 90 in `small` */
  readonly logRetentionDays?: number;
  /** What the cluster's owner says there: without it the kind of object is unknown. @default - by addresses alone */
  readonly policiesByName?: PoliciesByNameStage;
}

/** Parts of a network that was given to the cluster's owner, by their ids. */
export interface FoundNetwork {
  readonly mysqlSubnetId: string;
  readonly endpointSubnetId: string;
  /** Private zone `privatelink.redis.azure.net`, where the owner was given that. @default - the one beside the cluster */
  readonly redisZoneId?: string;
  /** Private zone `privatelink.blob.core.windows.net`, likewise. @default - the one beside the cluster */
  readonly blobZoneId?: string;
  /** Zones of kinds of services, by their names, likewise. @default - those beside the cluster */
  readonly kindZoneIds?: Readonly<Record<string, string>>;
}

export function existingPlace(props: ExistingAzureProps): Place {
  const { dataCidrs, network, ...rest } = props;
  // Which of them is which is not asked: each has ports of its own, so that a policy for both opens no door in the other.
  return {
    ...rest,
    dataCidrs: { endpoints: dataCidrs, mysql: dataCidrs },
    registerProviders: false,
    given: network && {
      mysqlSubnet: network.mysqlSubnetId,
      endpointSubnet: network.endpointSubnetId,
      redisZone: network.redisZoneId,
      blobZone: network.blobZoneId,
      kindZones: network.kindZoneIds,
    },
  };
}
