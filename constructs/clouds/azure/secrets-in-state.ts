import type { SecretInState } from "../shared/secrets-in-state";

/*
 * azurerm reads all of these unasked, whether or not a stack refers to them. Most are keys that nobody can use.
 */

const each = (resource: string, attributes: readonly string[], reason: string): SecretInState[] =>
  attributes.map((attribute) => ({ resource, attribute, reason }));

const ACCOUNT_KEYS = [
  "primary_access_key",
  "secondary_access_key",
  "primary_connection_string",
  "secondary_connection_string",
  "primary_blob_connection_string",
  "secondary_blob_connection_string",
];

const SIGN_IN = ["kube_config", "kube_config_raw", "kube_config.client_key", "kube_config.password"];
const LOCAL_ACCOUNT = ["kube_admin_config", "kube_admin_config_raw"];

/**
 * Every attribute through which a secret value enters the Terraform state of a stack on Azure: where the pinned provider
 * reads or takes it in no other way. Everything else is written without being kept.
 * A test holds the synthesized stacks against this list.
 */
export const SECRETS_IN_STATE: readonly SecretInState[] = [
  {
    resource: "azurerm_managed_redis",
    attribute: "default_database.primary_access_key",
    reason:
      "Azure makes the keys and azurerm reads both; signing in by Entra instead needs a newer provider than 4.55.0 and " +
      "clients that ask for a token every hour",
  },
  {
    resource: "azurerm_managed_redis",
    attribute: "default_database.secondary_access_key",
    reason: "as the first key, which it takes turns with from one generation of passwords to the next",
  },
  ...each(
    "azurerm_storage_account",
    ACCOUNT_KEYS,
    "azurerm reads the keys of every account; shared keys are off, so that these open nothing, but for the account of " +
      "the flow logs: Network Watcher writes it with a key, and its firewall lets in Azure's own services alone",
  ),
  ...each(
    "azurerm_log_analytics_workspace",
    ["primary_shared_key", "secondary_shared_key"],
    "azurerm reads the keys of the workspace; local authentication is off, and they open nothing",
  ),
  ...each(
    "azurerm_kubernetes_cluster",
    SIGN_IN,
    "azurerm marks it as a secret, in the data source too; without local accounts it holds the API's address, its " +
      "authority's certificate and the call of kubelogin, but no credentials",
  ),
  ...each(
    "azurerm_kubernetes_cluster",
    LOCAL_ACCOUNT,
    "what local accounts sign in with: there are none, and it is empty",
  ),
];
