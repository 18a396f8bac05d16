import type { Claim } from "../../model/environment";
import { clusterClaim, stateClaim } from "../shared/claims";
import { clusterName, stateAccountName } from "./names";
import type { AzureProps } from "./props";

/** What an environment makes there once. */
export const ownClaims = (environment: { readonly name: string }, props: AzureProps): Claim[] => [
  clusterClaim(`AKS ${props.subscriptionId}`, clusterName(environment, props), props.clusterName),
  stateClaim("stateAccount", stateAccountName(environment, props)),
];
