import type { SecretInState } from "../shared/secrets-in-state";

/**
 * Every attribute through which a secret value enters the Terraform state. Google generates each itself; the provider keeps
 * what it is told. Everything else is written without being kept.
 * A test holds the synthesized stacks against this list.
 */
export const SECRETS_IN_STATE: readonly SecretInState[] = [
  {
    resource: "google_redis_instance",
    attribute: "auth_string",
    reason: "Memorystore makes the password, takes none from anybody, and the provider reads it back with the instance",
  },
  {
    resource: "google_storage_hmac_key",
    attribute: "secret",
    reason:
      "Cloud Storage makes the key and shows it only in the answer that creates it; S3 clients know no other login",
  },
];
