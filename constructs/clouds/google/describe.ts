import type { CloudEnvironment } from "../cloud";
import type { EnvironmentTraits } from "../traits";
import { clusterName, stateBucketName } from "./names";
import { existingPlace, ownPlace, type Place } from "./place";
import type { ExistingGoogleProps, GoogleProps } from "./props";
import { type Settings, settingsOf, SYSTEM_POOL } from "./settings";

/** What people compare before they move an environment. */
export function describe(environment: CloudEnvironment, props: GoogleProps): EnvironmentTraits {
  const { kubernetesVersion, pools } = settingsOf(props, environment);
  return { ...found(environment, ownPlace(props)), kubernetesVersion, nodes: nodes(pools) };
}

/** The same of a cluster that is somebody else's. */
export const describeExisting = (environment: CloudEnvironment, props: ExistingGoogleProps): EnvironmentTraits =>
  found(environment, existingPlace(props));

/** What can be said without knowing how the cluster was made. */
function found(environment: CloudEnvironment, place: Place): EnvironmentTraits {
  return {
    place: `project ${place.project}, region ${place.region}`,
    cluster: "Google Kubernetes Engine",
    clusterName: clusterName(environment, place),
    kubernetesVersion: undefined,
    ...(place.given !== undefined && { network: `${place.given.id} of its owner` }),
    nodes: "whatever its owner gave it",
    state: `Cloud Storage bucket ${stateBucketName(environment, place)}`,
    credentials: "gke-gcloud-auth-plugin",
    secretStore: "Secret Manager",
  };
}

/** Nodes of applications: `pool general, 3 to 12 n2-standard-4, on-demand`. */
function nodes(pools: Settings["pools"]): string {
  if (pools === undefined) return "GKE Autopilot";
  return Object.entries(pools)
    .filter(([name]) => name !== SYSTEM_POOL)
    .map(([name, { machineType, min, max, capacity }]) => `pool ${name}, ${min} to ${max} ${machineType}, ${capacity}`)
    .join("; ");
}
