import type { SecretInState } from "../shared/secrets-in-state";
import { AZURE_PROVISIONERS } from "./services/provisioners";
import { each } from "./storage-account-secrets";

/*
 * azurerm reads all of these unasked, whether or not a stack refers to them. Most are keys that nobody can use.
 */

const SIGN_IN = ["kube_config", "kube_config_raw", "kube_config.client_key", "kube_config.password"];
const LOCAL_ACCOUNT = ["kube_admin_config", "kube_admin_config_raw"];

/**
 * Every attribute through which a secret value enters the Terraform state of a stack on Azure: where the pinned provider
 * reads or takes it in no other way. Everything else is written without being kept.
 * A test holds the synthesized stacks against this list.
 */
export const SECRETS_IN_STATE: readonly SecretInState[] = [
  ...AZURE_PROVISIONERS.all().flatMap(({ facts }) => facts?.secretsInState ?? []),
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
