import { KeyVaultKey } from "@cdktf/provider-azurerm/lib/key-vault-key";
import { Construct } from "constructs";
import { keepsShared } from "../../model/holdings";
import { environmentThere } from "../../model/name-there";
import type { ResolvedApplication } from "../../model/resolved";
import { exceptChecks } from "../../terraform/check-exceptions";
import { ManagedIdentity } from "./identity";
import type { AzureLookup } from "./lookup";
import type { ResourceDefaults } from "./resource-group";
import { identityName, SERVICE_NAMES, vaultName } from "./services/names";

/** What data services encrypt with. */
export interface DataKey {
  /** Id of the key without a version: which one it takes, and when it follows a rotation, is up to the service. */
  readonly keyId: string;
  /** The version there was when the key was made, for services that want one named. They stay with it. */
  readonly versionedKeyId: string;
  /** Who may use it. Handed out when it may. */
  readonly identityId: string;
}

interface KeyProps {
  /** Name in the vault for keys. */
  readonly name: string;
  /** Name of the identity that may use it. */
  readonly identityName: string;
  /** Text for people who look at who may use it. */
  readonly description: string;
  readonly preventDestroy: boolean;
}

/**
 * The one key that encrypts everything the application stores in managed services, in the environment's vault for keys,
 * and the identity as which those services use it.
 */
export const createDataKey = (
  scope: Construct,
  lookup: Pick<AzureLookup, "keyVaultId">,
  application: ResolvedApplication,
  defaults: ResourceDefaults,
): DataKey => {
  const { name } = application;
  const environment = environmentThere(application);
  return createKey(new Construct(scope, "DataKey"), lookup, defaults, {
    name: vaultName([environment, name], SERVICE_NAMES.key),
    identityName: identityName(environment, name, "data-key"),
    description: `Data of ${name} in ${environment}`,
    preventDestroy: keepsShared(application),
  });
};

/** A key in the environment's vault for keys, and an identity that may use this key and none other of the vault. */
export function createKey(
  here: Construct,
  { keyVaultId }: Pick<AzureLookup, "keyVaultId">,
  defaults: ResourceDefaults,
  { name, identityName: identity, description, preventDestroy }: KeyProps,
): DataKey {
  const key = new KeyVaultKey(here, "Default", {
    name,
    keyVaultId,
    keyType: "RSA",
    keySize: 3072,
    keyOpts: ["wrapKey", "unwrapKey"],
    // Versions do not end: what an older one encrypted, backups among it, must stay readable.
    rotationPolicy: { automatic: { timeAfterCreation: "P1Y" } },
    tags: defaults.tags,
    lifecycle: { preventDestroy },
  });
  exceptChecks(
    key,
    {
      checks: ["CKV_AZURE_40"],
      reason: "a key that ends takes the databases with it; it is rotated every year instead",
    },
    {
      checks: ["CKV_AZURE_112"],
      reason:
        "a vault of the standard tier keeps keys in software; what is gained by an HSM is the environment's to pay",
    },
  );
  const user = new ManagedIdentity(here, "Identity", {
    defaults,
    name: identity,
    grants: [
      {
        name: "Encrypt",
        role: "Key Vault Crypto Service Encryption User",
        scope: key.resourceVersionlessId,
        description,
      },
    ],
  });
  return { keyId: key.versionlessId, versionedKeyId: key.id, identityId: user.id };
}
