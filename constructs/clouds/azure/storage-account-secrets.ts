import type { SecretInState } from "../shared/secrets-in-state";

/** Attributes of one type of resource that are secret for one reason. */
export const each = (resource: string, attributes: readonly string[], reason: string): SecretInState[] =>
  attributes.map((attribute) => ({ resource, attribute, reason }));

const ACCOUNT_KEYS = [
  "primary_access_key",
  "secondary_access_key",
  "primary_connection_string",
  "secondary_connection_string",
  "primary_blob_connection_string",
  "secondary_blob_connection_string",
];

/** Secrets of every storage account: those of buckets, of the state and of the flow logs. */
export const STORAGE_ACCOUNT_SECRETS = each(
  "azurerm_storage_account",
  ACCOUNT_KEYS,
  "azurerm reads the keys of every account; shared keys are off, so that these open nothing, but for the account of " +
    "the flow logs: Network Watcher writes it with a key, and its firewall lets in Azure's own services alone",
);
