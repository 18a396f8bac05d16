import { CLUSTER_SECRETS_IN_STATE } from "../../../../constructs/clouds/azure/cluster-secrets-in-state";
import { all } from "../../../support/aws-environment";
import { synthCluster, synthState } from "../../../support/azure-environment";

/*
 * Attributes that azurerm 4.55.0 itself marks as sensitive (`tofu providers schema`) in the types of these stacks, those
 * that no configuration of ours gives left out.
 */
const SENSITIVE = {
  azurerm_kubernetes_cluster: ["kube_admin_config", "kube_admin_config_raw", "kube_config", "kube_config_raw"],
  azurerm_log_analytics_workspace: ["primary_shared_key", "secondary_shared_key"],
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

test("names each type with such attributes, and each for a reason", () => {
  expect(CLUSTER_SECRETS_IN_STATE.map(({ resource }) => resource).sort()).toEqual(Object.keys(SENSITIVE).sort());
  for (const { resource, attribute, reason } of CLUSTER_SECRETS_IN_STATE) {
    expect(SENSITIVE[resource as keyof typeof SENSITIVE]).toContain(attribute);
    expect(reason.length).toBeGreaterThan(40);
    expect(cluster.resource).toHaveProperty(resource);
  }
});

test("no stack gives a secret as an argument: neither `service_principal` nor a password", () => {
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
  for (const json of [cluster, synthState()]) {
    for (const account of all(json, "azurerm_storage_account")) {
      const closed = account.network_rules as { default_action: string; ip_rules: string[] };
      const opens = account.shared_access_key_enabled !== false;
      if (opens) expect(closed).toMatchObject({ default_action: "Deny", ip_rules: [], virtual_network_subnet_ids: [] });
    }
  }
});
