import { DiskEncryptionSet } from "@cdktf/provider-azurerm/lib/disk-encryption-set";
import { Construct } from "constructs";
import { fitName } from "../../model/names";
import type { ClusterKeys } from "./cluster-keys";
import { ManagedIdentity } from "./identity";
import { AZURE_NAMES } from "./names";
import type { ResourceDefaults } from "./resource-group";
import type { Settings } from "./settings";

/** The key of machines' and volumes' disks, as disks are told of it. Returns the set's id. */
export function createDiskEncryption(
  scope: Construct,
  defaults: ResourceDefaults,
  settings: Settings,
  keys: ClusterKeys,
): string {
  const here = new Construct(scope, "Disks");
  const identity = new ManagedIdentity(here, "Identity", {
    defaults,
    name: fitName([settings.clusterName, "disks"], AZURE_NAMES.identity),
    grants: [
      {
        name: "Encrypt",
        role: "Key Vault Crypto Service Encryption User",
        scope: keys.vaultId,
        description: `Disks of ${settings.clusterName}`,
      },
    ],
  });
  return new DiskEncryptionSet(here, "Default", {
    ...defaults,
    name: settings.names.diskEncryptionSet,
    keyVaultKeyId: keys.url("disks"),
    encryptionType: "EncryptionAtRestWithCustomerKey",
    identity: { type: "UserAssigned", identityIds: [identity.id] },
    lifecycle: { preventDestroy: settings.protect },
  }).id;
}
