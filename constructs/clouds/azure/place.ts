import type { PoliciesByNameStage } from "../../kubernetes/facts";
import type { RegionInNames } from "../shared/region-in-names";
import type { AzureLocation } from "./locations";
import { clusterName } from "./names";
import { type AzureNetwork, type GivenNetwork, isMade, subnetIdOf } from "./network-props";
import type { AzureDns, AzureProps } from "./props";
import { planSubnets } from "./subnets";

/** Blocks of the subnets of data services, as literals: network policies are made of them. */
export interface DataCidrs {
  /** Where private endpoints are: Redis, blobs, vaults. */
  readonly endpoints: readonly string[];
  readonly mysql: readonly string[];
}

/** What stacks that stand on a cluster need to be told of it. The rest they look up. */
export interface Place extends RegionInNames {
  readonly subscriptionId: string;
  readonly tenantId: string;
  /** `germanywestcentral` */
  readonly location: AzureLocation;
  readonly clusterName?: string;
  /** Storage account with the Terraform state. */
  readonly stateAccount?: string;
  readonly dataCidrs: DataCidrs;
  /** Ids in a network that somebody else has made. @default - everything is beside the cluster, by the names of this program */
  readonly given?: GivenNetwork;
  readonly dns?: AzureDns;
  /** @default - `DEFAULT_LOG_RETENTION_DAYS` of the environment's profile */
  readonly logRetentionDays?: number;
  readonly policiesByName?: PoliciesByNameStage;
  /** Whether to register what of Azure the subscription has not used yet: its owner's business. */
  readonly registerProviders: boolean;
}

/** The place of an environment that this program creates. */
export function ownPlace(props: AzureProps): Place {
  const { subscriptionId, tenantId, location, clusterName, regionInNames, stateAccount, dns } = props;
  const { logRetentionDays, policiesByName } = props;
  return {
    subscriptionId,
    tenantId,
    location,
    clusterName,
    regionInNames,
    stateAccount,
    ...networkOf(props.network),
    dns,
    logRetentionDays,
    policiesByName,
    registerProviders: true,
  };
}

function networkOf(network: AzureNetwork): Pick<Place, "dataCidrs" | "given"> {
  if (isMade(network)) {
    const { endpoints, mysql } = planSubnets(network.cidr);
    return { dataCidrs: { endpoints: [endpoints], mysql: [mysql] } };
  }
  const { id, endpoints, mysql, privateLinkZones } = network.existing;
  return {
    dataCidrs: { endpoints: [endpoints.cidr], mysql: [mysql.cidr] },
    given: {
      endpointSubnet: subnetIdOf(id, endpoints.name),
      mysqlSubnet: subnetIdOf(id, mysql.name),
      redisZone: privateLinkZones?.redis,
      blobZone: privateLinkZones?.blob,
      kindZones: privateLinkZones?.kinds,
    },
  };
}

/** `azure/…/production`: what tells the environment's place from every other. */
export const place = (
  environment: { readonly name: string },
  props: Pick<Place, "subscriptionId" | "location" | "clusterName" | "regionInNames">,
): readonly string[] => ["azure", props.subscriptionId.toLowerCase(), props.location, clusterName(environment, props)];
