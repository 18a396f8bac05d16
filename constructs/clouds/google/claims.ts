import type { Claim } from "../../model/environment";
import { clusterClaim, stateClaim } from "../shared/claims";
import { clusterName, stateBucketName } from "./names";
import type { GoogleProps } from "./props";

/** What an environment makes there once. */
export const ownClaims = (environment: { readonly name: string }, props: GoogleProps): Claim[] => [
  clusterClaim(`GKE ${props.project}/${props.region}`, clusterName(environment, props), props.clusterName),
  stateClaim("stateBucket", stateBucketName(environment, props)),
];
