import type { CloudEnvironment } from "../cloud";
import type { EnvironmentTraits } from "../traits";
import { type ExistingAzureProps, existingPlace } from "./existing";
import { clusterName, STATE_CONTAINER, stateAccountName } from "./names";
import { partsOf } from "./network-props";
import { ownPlace, type Place } from "./place";
import type { AzureProps } from "./props";
import { type Settings, settingsOf } from "./settings";

/** Nodes of applications: `pool general, 1 to 4 Standard_D4s_v5 in each of 3 zones`. */
const nodes = ({ pools, zones }: Settings): string =>
  Object.entries(pools)
    .map(([name, { vmSize, min, max }]) => `pool ${name}, ${min} to ${max} ${vmSize} in each of ${zones.length} zones`)
    .join("; ");

/** What people compare before they move an environment. */
export function describe(environment: CloudEnvironment, props: AzureProps): EnvironmentTraits {
  const settings = settingsOf(props, environment);
  const { kubernetesVersion } = settings;
  return { ...found(environment, ownPlace(props)), kubernetesVersion, nodes: nodes(settings) };
}

/** The same of a cluster that is somebody else's. */
export const describeExisting = (environment: CloudEnvironment, props: ExistingAzureProps): EnvironmentTraits =>
  found(environment, existingPlace(props));

/** What can be said without knowing how the cluster was made. */
function found(environment: CloudEnvironment, place: Place): EnvironmentTraits {
  return {
    place: `subscription ${place.subscriptionId}, location ${place.location}`,
    cluster: "Azure Kubernetes Service",
    clusterName: clusterName(environment, place),
    kubernetesVersion: undefined,
    ...(place.given !== undefined && { network: `network ${partsOf(place.given.mysqlSubnet).network} of its owner` }),
    nodes: "whatever its owner gave it",
    state: `storage account ${stateAccountName(environment, place)}, container ${STATE_CONTAINER}`,
    credentials: "kubelogin get-token",
    secretStore: "Azure Key Vault",
  };
}
