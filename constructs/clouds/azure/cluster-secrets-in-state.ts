import type { SecretInState } from "../shared/secrets-in-state";

/**
 * Every attribute through which a secret enters the state of `state-<env>`, `<env>-cluster` and `<env>-platform`. The
 * provider reads all of these unasked, whether or not a stack refers to them. Those of applications are in
 * `secrets-in-state.ts`.
 */
export const CLUSTER_SECRETS_IN_STATE: readonly SecretInState[] = [
  {
    resource: "azurerm_storage_account",
    attribute: "primary_access_key",
    reason:
      "azurerm lists the keys of every account, the secondary one and connection strings too; they open that of the flow " +
      "logs alone, which Network Watcher writes with a key, and only from the addresses of Azure's own services",
  },
  {
    resource: "azurerm_log_analytics_workspace",
    attribute: "primary_shared_key",
    reason: "azurerm lists the keys of the workspace; local authentication is off, and they open nothing",
  },
  {
    resource: "azurerm_kubernetes_cluster",
    attribute: "kube_config",
    reason:
      "azurerm marks it as a secret, in the data source too; without local accounts it holds the API's address, its " +
      "authority's certificate and the call of kubelogin, but no credentials",
  },
];
