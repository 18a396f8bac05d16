import { SECRETS_IN_STATE } from "../../../../constructs/clouds/azure/secrets-in-state";
import { onAzure } from "../../../support/azure-application";
import { synthCluster, synthState } from "../../../support/azure-environment";
import { all } from "../../../support/cloud-environment";
import { production } from "../../../support/input";

/*
 * Attributes that azurerm 4.55.0 itself marks as sensitive (`tofu providers schema`) in the types of all stacks, those
 * that no configuration of ours gives left out. Of the cluster's, what is inside of them goes without saying.
 */
const SENSITIVE = {
  azurerm_kubernetes_cluster: ["kube_admin_config", "kube_admin_config_raw", "kube_config", "kube_config_raw"],
  azurerm_log_analytics_workspace: ["primary_shared_key", "secondary_shared_key"],
  azurerm_managed_redis: ["default_database.primary_access_key", "default_database.secondary_access_key"],
  azurerm_storage_account: [
    "primary_access_key",
    "primary_blob_connection_string",
    "primary_connection_string",
    "secondary_access_key",
    "secondary_blob_connection_string",
    "secondary_connection_string",
  ],
} as const;

const cluster = synthCluster();
const application = onAzure(production());

test("the list has every such attribute, and nothing that no stack has; each for a reason", () => {
  const listed = SECRETS_IN_STATE.map(({ resource, attribute }) => `${resource}.${attribute}`);
  const sensitive = Object.entries(SENSITIVE).flatMap(([type, names]) => names.map((name) => `${type}.${name}`));
  const outside = listed.filter((name) => !sensitive.includes(name));
  expect(listed).toEqual(expect.arrayContaining(sensitive));
  expect(outside).toEqual([
    "azurerm_kubernetes_cluster.kube_config.client_key",
    "azurerm_kubernetes_cluster.kube_config.password",
  ]);
  for (const { resource, reason } of SECRETS_IN_STATE) {
    expect(reason.length).toBeGreaterThan(40);
    expect([...Object.keys(cluster.resource), ...Object.keys(application.types)]).toContain(resource);
  }
});

test("no stack of the cluster gives a secret as an argument: neither `service_principal` nor a password", () => {
  for (const json of [cluster, synthState()]) {
    expect(JSON.stringify(json.resource)).not.toMatch(/client_secret|admin_password|trusted_ca|"(value|password)":/);
    expect(json.resource).not.toHaveProperty("azurerm_key_vault_secret");
  }
});

test("the reasons hold", () => {
  expect(all(cluster, "azurerm_kubernetes_cluster").map((found) => found.local_account_disabled)).toEqual([true]);
  expect(all(cluster, "azurerm_log_analytics_workspace").map((found) => found.local_authentication_enabled)).toEqual([
    false,
  ]);
  for (const account of [
    ...all(cluster, "azurerm_storage_account"),
    ...all(synthState(), "azurerm_storage_account"),
    ...application.resources("azurerm_storage_account"),
  ]) {
    if (account.shared_access_key_enabled === false) continue;
    expect(account.name).toContain("flows");
    expect(account.network_rules).toMatchObject({
      default_action: "Deny",
      ip_rules: [],
      virtual_network_subnet_ids: [],
    });
  }
});
