import type { Claim } from "../../model/environment";
import { clusterClaim, partClaim, stateClaim } from "../shared/claims";
import { privateNamesOf } from "./connected";
import { clusterName, stateAccountName } from "./names";
import { isMade, subnetIdOf } from "./network-props";
import type { AzureProps } from "./props";

/** What one cluster alone has of somebody else's network. */
function networkClaims({ network }: AzureProps): Claim[] {
  if (isMade(network)) return [];
  const { id, apiServer, privateLinkZones } = network.existing;
  const here = id.toLowerCase();
  return [
    partClaim(`subnet ${subnetIdOf(here, apiServer.name.toLowerCase())}`, ["apiServer", "name"], apiServer.name),
    ...(privateLinkZones === undefined
      ? [
          {
            of: privateNamesOf(id),
            path: ["network", "existing", "id"],
            got: id,
            why: "a network can be linked to one private link zone of each name",
            fix: "give the zones that it is linked to in network.existing.privateLinkZones of all but one of them",
          },
        ]
      : []),
  ];
}

/** What an environment makes there once. */
export const ownClaims = (environment: { readonly name: string }, props: AzureProps): Claim[] => [
  clusterClaim(`AKS ${props.subscriptionId}`, clusterName(environment, props), props.clusterName),
  stateClaim("stateAccount", stateAccountName(environment, props)),
  ...networkClaims(props),
];
