import { isJsonObject } from "../../kubernetes/json";
import { at, isAt, nameOf, numberAt, type Resource, textAt } from "../stack";
import type { Facts } from "./fact";

const VAULT = "https://learn.microsoft.com/en-us/azure/key-vault/general/soft-delete-overview";

/** What the provider is told to do of its own accord. */
function featureOf({ stack }: Resource, ...path: readonly string[]): unknown {
  const { written } = stack;
  const providers = isJsonObject(written) && isJsonObject(written.provider) ? written.provider.azurerm : undefined;
  return at(providers, "features", ...path);
}

const secretsOfVault = (what: string): Facts[string] => ({
  taken: (resource) =>
    featureOf(resource, "key_vault", `purge_soft_deleted_${what}s_on_destroy`) === true
      ? undefined
      : {
          name: `${what} ${nameOf(textAt(resource.block, "name"), "")}`,
          says: "taken as long as its vault keeps what was deleted; the provider recovers it when it is made again",
          source: VAULT,
        },
});

export const AZURE: Facts = {
  azurerm_key_vault: {
    taken: (resource) => {
      const { block } = resource;
      const days = numberAt(block, "soft_delete_retention_days") ?? 90;
      const isKept = isAt(block, "purge_protection_enabled");
      if (!isKept && featureOf(resource, "key_vault", "purge_soft_delete_on_destroy") === true) return undefined;
      const purge = isKept
        ? "nobody can purge it before"
        : `free at once by az keyvault purge --name ${textAt(block, "name") ?? ""}`;
      return {
        name: `vault ${nameOf(textAt(block, "name"), "")}`,
        says: `taken in all of Azure for ${days} days, ${purge}; the provider recovers it when it is made again`,
        source: VAULT,
      };
    },
    leaves: ({ block }) =>
      isAt(block, "purge_protection_enabled")
        ? [
            {
              what: `vault ${nameOf(textAt(block, "name"), "")}, its keys and secrets`,
              says: `for ${numberAt(block, "soft_delete_retention_days") ?? 90} days, in which az keyvault recover brings them back`,
              billed: false,
              source: VAULT,
            },
          ]
        : [],
  },
  azurerm_key_vault_key: secretsOfVault("key"),
  azurerm_key_vault_secret: secretsOfVault("secret"),
  azurerm_log_analytics_workspace: {
    taken: (resource) =>
      featureOf(resource, "log_analytics_workspace", "permanently_delete_on_destroy") === true
        ? undefined
        : {
            name: `workspace ${nameOf(textAt(resource.block, "name"), "")}`,
            says: "kept for 14 days for the same subscription, group and location: made again there, it has its logs again",
            source: "https://learn.microsoft.com/en-us/rest/api/loganalytics/workspaces/delete",
          },
  },
  azurerm_management_lock: {
    refuses: ({ block }) =>
      `a lock (${textAt(block, "lock_level") ?? ""}) keeps whatever of it, or below it, goes before the lock itself`,
  },
  azurerm_resource_group: {
    mayRefuse: (resource) =>
      featureOf(resource, "resource_group", "prevent_deletion_if_contains_resources") === true
        ? "the provider refuses it where there is something in it that no stack has (prevent_deletion_if_contains_resources)"
        : undefined,
  },
  azurerm_storage_account: {
    taken: ({ block }) => ({
      name: `account ${nameOf(textAt(block, "name"), "")}`,
      says: "free again, to everybody on Azure",
      source: "https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules",
    }),
  },
  azurerm_mysql_flexible_server: {
    taken: ({ block }) => ({
      name: `${nameOf(textAt(block, "name"), "")}.mysql.database.azure.com`,
      says: "free again, to everybody on Azure",
      source: "https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules",
    }),
  },
};
