import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { fitName } from "../../model/names";
import { exceptChecks } from "../../terraform/check-exceptions";
import { CLOSED_ACCOUNT } from "./closed-account";
import type { ClusterKeys } from "./cluster-keys";
import { lockDeletion } from "./deletion-lock";
import { ManagedIdentity } from "./identity";
import { AZURE_NAMES } from "./names";
import { createPrivateEndpoint } from "./private-endpoint";
import type { ResourceDefaults } from "./resource-group";
import type { Settings } from "./settings";

/** Days for which a volume whose share was deleted can be had back. */
const KEEP_SHARES_DAYS = 30;

export interface SharedFilesProps {
  readonly defaults: ResourceDefaults;
  readonly settings: Settings;
  readonly keys: ClusterKeys;
  /** Principal as which AKS makes a share for each volume. */
  readonly driverPrincipalId: string;
  readonly subnetId: string;
  readonly zoneId: string;
  readonly zoneLinks: readonly ITerraformDependable[];
}

/**
 * The account behind every ReadWriteMany volume; each volume is an NFS share of it, on three zones. NFS, as files have
 * owners and modes there, and as it takes no key of the account: SMB would need one on every node. "HTTPS only" makes it
 * refuse whoever mounts without TLS.
 * @see https://learn.microsoft.com/en-us/azure/storage/files/encryption-in-transit-for-nfs-shares
 */
export class SharedFiles extends Construct {
  constructor(scope: Construct, id: string, props: SharedFilesProps) {
    super(scope, id);
    const { defaults, settings } = props;
    const { clusterName, names, protect } = settings;
    const identity = new ManagedIdentity(this, "Identity", {
      defaults,
      name: fitName([clusterName, "files"], AZURE_NAMES.identity),
      grants: [
        {
          name: "Encrypt",
          role: "Key Vault Crypto Service Encryption User",
          scope: props.keys.vaultId,
          description: `Shared volumes of ${clusterName}`,
        },
      ],
    });
    const account = new StorageAccount(this, "Default", {
      ...defaults,
      ...CLOSED_ACCOUNT,
      name: names.filesAccount,
      accountKind: "FileStorage",
      accountTier: "Premium",
      accountReplicationType: "ZRS",
      // Volumes from 32 GiB on; the first billing model began at 100.
      provisionedBillingModelVersion: "V2",
      publicNetworkAccessEnabled: false,
      networkRules: { defaultAction: "Deny", bypass: ["None"], ipRules: [], virtualNetworkSubnetIds: [] },
      identity: { type: "UserAssigned", identityIds: [identity.id] },
      customerManagedKey: { keyVaultKeyId: props.keys.url("files"), userAssignedIdentityId: identity.id },
      shareProperties: { retentionPolicy: { days: KEEP_SHARES_DAYS } },
      lifecycle: { preventDestroy: protect },
    });
    exceptChecks(
      account,
      { checks: ["CKV_AZURE_36"], reason: "no service of Azure has business with the volumes" },
      { checks: ["CKV2_AZURE_38"], reason: "it has no blobs; shares that were deleted are kept for thirty days" },
      { checks: ["CKV_AZURE_206"], reason: "in three zones; NFS shares are not copied to another location" },
    );
    createPrivateEndpoint(this, defaults, {
      name: fitName([names.filesAccount, "endpoint"], AZURE_NAMES.privateEndpoint),
      target: { id: account.id, subresource: "file" },
      subnetId: props.subnetId,
      zoneId: props.zoneId,
      after: props.zoneLinks,
    });
    const allow = (name: string, role: string, scope: string): RoleAssignment =>
      new RoleAssignment(this, name, {
        scope,
        roleDefinitionName: role,
        principalId: props.driverPrincipalId,
        principalType: "ServicePrincipal",
        skipServicePrincipalAadCheck: true,
        description: `Shared volumes of ${clusterName}`,
      });
    // It asks for the account, and makes, grows and deletes shares. Its keys are of no use to it: there are none.
    const driver = allow("Driver", "Storage Account Contributor", account.id);
    // Before each share it looks whether the subnet reaches storage.
    allow("Subnet", "Reader", props.subnetId);
    if (settings.locks) {
      lockDeletion(this, { id: account.id, notes: `Shared volumes of ${clusterName}`, after: [driver] });
    }
  }
}
