import { DiskEncryptionSet } from "@cdktf/provider-azurerm/lib/disk-encryption-set";
import { Sleep } from "@cdktf/provider-time/lib/sleep";
import { Construct } from "constructs";
import { fitName } from "../../model/names";
import { ensureTimeProvider } from "../shared/providers";
import type { ClusterKeys } from "./cluster-keys";
import type { Home } from "./home";
import { ManagedIdentity } from "./identity";
import { AZURE_NAMES } from "./names";
import type { Settings } from "./settings";

/**
 * Azure accepts an assignment at once and carries it out within some minutes.
 * https://learn.microsoft.com/en-us/azure/role-based-access-control/troubleshooting#symptom---role-assignment-changes-are-not-being-detected
 */
export const ROLES_TAKE_EFFECT = "120s";

/** The key of machines' and volumes' disks, as disks are told of it. Returns the set's id, by way of the wait for its rights. */
export function createDiskEncryption(scope: Construct, home: Home, settings: Settings, keys: ClusterKeys): string {
  const here = new Construct(scope, "Disks");
  const identity = new ManagedIdentity(here, "Identity", home, {
    name: fitName([settings.clusterName, "disks"], AZURE_NAMES.identity),
    description: `Disks of ${settings.clusterName}`,
    permissions: [{ name: "Encrypt", role: "Key Vault Crypto Service Encryption User", scope: keys.vaultId }],
  });
  ensureTimeProvider(here);
  const effect = new Sleep(here, "Effect", {
    createDuration: ROLES_TAKE_EFFECT,
    triggers: { identity: identity.id },
    dependsOn: [...identity.permissions],
  });
  return new DiskEncryptionSet(here, "Default", {
    ...home,
    name: settings.names.diskEncryptionSet,
    keyVaultKeyId: keys.url("disks"),
    encryptionType: "EncryptionAtRestWithCustomerKey",
    identity: { type: "UserAssigned", identityIds: [effect.getStringAttribute("triggers.identity")] },
    lifecycle: { preventDestroy: settings.protect },
  }).id;
}
