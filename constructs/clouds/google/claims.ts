import type { Claim } from "../../model/environment";
import { clusterClaim, partClaim, stateClaim } from "../shared/claims";
import { clusterName, stateBucketName } from "./names";
import { isMade, networkId } from "./network-props";
import type { GoogleProps } from "./props";

/** Ranges of somebody else's network that one cluster has alone. */
function rangeClaims({ network, project: own }: GoogleProps): Claim[] {
  if (isMade(network)) return [];
  const { project = own, name, nodes, pods, services } = network.existing;
  return Object.entries({ pods, services }).map(([field, { range }]) =>
    partClaim(`range ${range} of ${nodes.subnet} in ${networkId(project, name)}`, [field, "range"], range),
  );
}

/** What an environment makes there once. */
export const ownClaims = (environment: { readonly name: string }, props: GoogleProps): Claim[] => [
  clusterClaim(`GKE ${props.project}/${props.region}`, clusterName(environment, props), props.clusterName),
  stateClaim("stateBucket", stateBucketName(environment, props)),
  ...rangeClaims(props),
];
