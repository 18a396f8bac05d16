import type { SecretInState } from "../shared/secrets-in-state";

const ACCOUNT_KEYS = "azurerm reads the keys of every storage account; shared keys are off, so that these open nothing";

/**
 * Every attribute through which a secret value enters the Terraform state of an application's stack: where the pinned
 * provider reads or takes it in no other way. Everything else is written without being kept.
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
  ...[
    "primary_access_key",
    "secondary_access_key",
    "primary_connection_string",
    "secondary_connection_string",
    "primary_blob_connection_string",
    "secondary_blob_connection_string",
  ].map((attribute): SecretInState => ({ resource: "azurerm_storage_account", attribute, reason: ACCOUNT_KEYS })),
];
