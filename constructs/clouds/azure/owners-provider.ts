import type { TerraformResourceLifecycle } from "cdktf";
import { isObject } from "../../model/validate/usable";
import { expression } from "../../terraform/expression";
import type { CloudEnvironment } from "../cloud";
import { providerId } from "../shared/providers";
import type { Agreement, ProviderKind } from "../shared/stack-owner";
import type { Place } from "./place";

/** Whether a block of `features`, which is a list of one, has this in its own block of this name. */
function says(features: unknown, block: string, name: string, value: boolean): boolean {
  const inner = (from: unknown, key: string): unknown => {
    const one: unknown = Array.isArray(from) ? from[0] : from;
    return isObject(one) ? one[key] : undefined;
  };
  return inner(inner(features, block), name) === value;
}

/** What is destroyed is purged at once, unless the provider is told otherwise. */
const PURGES = ["purgeSoftDeleteOnDestroy", "purgeSoftDeletedKeysOnDestroy", "purgeSoftDeletedSecretsOnDestroy"];

const keptForAWhile: Agreement = {
  argument: "features",
  required: true,
  agrees: (given) => PURGES.every((name) => says(given, "keyVault", name, false)),
  fix:
    `add keyVault: [{ ${PURGES.map((name) => `${name}: false`).join(", ")} }]: the environment is protected, and what is ` +
    "deleted by mistake can be had back",
};

/** How things are made and destroyed is said by the provider and not by its resources. */
const ways = ({ protect }: CloudEnvironment): Agreement[] => [
  {
    argument: "storageUseAzuread",
    required: true,
    agrees: (given) => given === true,
    fix: "use true: the environment's storage accounts have no keys",
  },
  {
    argument: "features",
    required: true,
    agrees: (given) => says(given, "storage", "dataPlaneAvailable", false),
    fix: "add storage: [{ dataPlaneAvailable: false }]: the environment's storage accounts let nobody in from outside",
  },
  ...(protect ? [keptForAWhile] : []),
];

/** The provider of a stack, and what one that its owner made has to say. */
export const azureProvider = (
  environment: CloudEnvironment,
  { subscriptionId, tenantId }: Pick<Place, "subscriptionId" | "tenantId">,
): ProviderKind => ({
  type: "azurerm",
  id: providerId("azurerm"),
  agreements: [
    {
      argument: "subscriptionId",
      agrees: (given) => given === subscriptionId,
      fix: `use "${subscriptionId}", the subscription of environment ${environment.name}`,
    },
    {
      argument: "tenantId",
      agrees: (given) => given === tenantId,
      fix: `use "${tenantId}", the tenant of environment ${environment.name}`,
    },
    ...ways(environment),
  ],
});

/**
 * Condition on the cluster that a provider of the stack's owner has found, by which a plan stops where the provider turns
 * out to be for another subscription: it may be told so by variables or by the Azure CLI.
 */
export function foundInPlace(
  { name }: CloudEnvironment,
  { subscriptionId }: Pick<Place, "subscriptionId">,
): TerraformResourceLifecycle {
  return {
    postcondition: [
      {
        condition: expression`startswith(lower(self.id), ${`/subscriptions/${subscriptionId.toLowerCase()}/`})`,
        errorMessage:
          `The stack's own Azure provider has found ${expression`self.id`}, and environment ${name} is in subscription ` +
          `${subscriptionId}. Give that provider this subscription_id.`,
      },
    ],
  };
}
