import type { StackJson } from "../reference";
import * as awsNetwork from "./aws-network";
import * as awsPolicies from "./aws-policies";
import * as azureNetwork from "./azure-network";
import * as azurePolicies from "./azure-policies";
import * as googleNetwork from "./google-network";
import * as googlePolicies from "./google-policies";

type Look = (json: StackJson) => string[];

const all =
  (...looks: readonly Look[]): Look =>
  (json) =>
    looks.flatMap((look) => look(json));

/* Each cloud's own eyes; a stack has resources of one cloud. */

export const openToWorld = all(awsNetwork.openToWorld, googleNetwork.openToWorld, azureNetwork.openToWorld);
export const publicEndpoints = all(
  awsNetwork.publicEndpoints,
  googleNetwork.publicEndpoints,
  azureNetwork.publicEndpoints,
);
export const exposedBuckets = all(awsNetwork.exposedBuckets, googleNetwork.exposedBuckets, azureNetwork.exposedBuckets);
export const widePolicies = all(awsPolicies.widePolicies, googlePolicies.widePolicies, azurePolicies.widePolicies);
