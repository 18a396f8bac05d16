import type { TerraformResourceLifecycle } from "cdktf";
import { expression } from "../../terraform/expression";
import type { CloudEnvironment } from "../cloud";
import { providerId } from "../shared/providers";
import type { ProviderKind } from "../shared/stack-owner";
import { clusterName } from "./names";
import type { Place } from "./place";
import { PARTITION } from "./regions";

/** The provider of a stack, and what one that its owner made has to say. */
export const awsProvider = (
  { name }: CloudEnvironment,
  { region, accountId }: Pick<Place, "region" | "accountId">,
): ProviderKind => ({
  type: "aws",
  id: providerId("aws"),
  agreements: [
    {
      argument: "region",
      agrees: (given) => given === region,
      fix: `use "${region}", where environment ${name} is`,
    },
    {
      argument: "allowedAccountIds",
      agrees: (given) => Array.isArray(given) && given.includes(accountId),
      fix: `add "${accountId}", the account of environment ${name}`,
    },
    {
      argument: "forbiddenAccountIds",
      agrees: (given) => !Array.isArray(given) || !given.includes(accountId),
      fix: `take "${accountId}" out, the account of environment ${name}`,
    },
  ],
});

/**
 * Condition on the cluster that a provider of the stack's owner has found, by which a plan stops where the provider turns
 * out to be for another account or region: it may be told so by variables, a profile or a role.
 */
export function foundInPlace(
  environment: CloudEnvironment,
  place: Pick<Place, "region" | "accountId" | "clusterName" | "regionInNames">,
): TerraformResourceLifecycle {
  const { region, accountId } = place;
  const arn = `arn:${PARTITION}:eks:${region}:${accountId}:cluster/${clusterName(environment, place)}`;
  return {
    postcondition: [
      {
        condition: expression`self.arn == ${arn}`,
        errorMessage:
          `The stack's own AWS provider has found ${expression`self.arn`}, and environment ${environment.name} is in account ` +
          `${accountId}, region ${region}. Give that provider this region and these allowed_account_ids.`,
      },
    ],
  };
}
