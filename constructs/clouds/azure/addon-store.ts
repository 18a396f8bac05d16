import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { StorageContainer } from "@cdktf/provider-azurerm/lib/storage-container";
import { StorageManagementPolicy } from "@cdktf/provider-azurerm/lib/storage-management-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Addon } from "../../addons/addon";
import type { GrantedStore, StoreNeed } from "../../addons/permissions";
import type { CheckException } from "../../model/check-exception";
import { fitName } from "../../model/names";
import { exceptChecks } from "../../terraform/check-exceptions";
import { CLOSED_ACCOUNT } from "./closed-account";
import { createKey } from "./data-key";
import { lockDeletion } from "./deletion-lock";
import type { Grant } from "./identity";
import { sendLogs } from "./logs";
import type { AzureLookup } from "./lookup";
import { AZURE_NAMES, globalName } from "./names";
import { createPrivateEndpoint } from "./private-endpoint";
import type { ResourceDefaults } from "./resource-group";
import { identityName, SERVICE_NAMES, vaultName } from "./services/names";

/** Name of the one container of the account. */
const CONTAINER = "objects";

const EXCEPTIONS: readonly CheckException[] = [
  {
    checks: ["CKV_AZURE_206"],
    reason: "data stays in its region, over three zones; losing a region is lost for everything else too",
  },
  { checks: ["CKV_AZURE_33"], reason: "nobody uses queues of this account" },
];

interface AddonStore {
  readonly store: GrantedStore;
  /** What its owner may do with it. */
  readonly grant: Omit<Grant, "description">;
  /** Keeps everybody from deleting it, where that was asked for. `granted` are the assignments of its owner. */
  readonly lock: (granted: readonly ITerraformDependable[]) => void;
}

/**
 * A storage account of an add-on's own in the environment's resource group, with a key of its own, reached by its private
 * endpoint alone. It has no versions, and what was deleted is kept for a day: the add-on deletes what is too old.
 */
export function createAddonStore(
  scope: Construct,
  lookup: AzureLookup,
  defaults: ResourceDefaults,
  { name }: Pick<Addon, "name">,
  { expireDays, protect }: StoreNeed,
): AddonStore {
  const here = new Construct(scope, `Store-${name}`);
  const { clusterName, subscriptionId } = lookup;
  const title = `Store of add-on ${name} of ${clusterName}`;
  const key = createKey(new Construct(here, "Key"), lookup, defaults, {
    name: vaultName([clusterName, "addon", name], SERVICE_NAMES.key),
    identityName: identityName(clusterName, "addon", name, "key"),
    description: title,
    preventDestroy: protect,
  });
  const account = new StorageAccount(here, "Default", {
    ...CLOSED_ACCOUNT,
    ...defaults,
    name: globalName(subscriptionId, [clusterName, "addon", name], SERVICE_NAMES.storageAccount),
    accountKind: "StorageV2",
    accountTier: "Standard",
    accountReplicationType: "ZRS",
    publicNetworkAccessEnabled: false,
    identity: { type: "UserAssigned", identityIds: [key.identityId] },
    customerManagedKey: { keyVaultKeyId: key.keyId, userAssignedIdentityId: key.identityId },
    blobProperties: { deleteRetentionPolicy: { days: 1 }, containerDeleteRetentionPolicy: { days: 7 } },
    sasPolicy: { expirationPeriod: "00.01:00:00" },
    lifecycle: { preventDestroy: protect },
  });
  exceptChecks(account, ...EXCEPTIONS);
  const container = new StorageContainer(here, "Container", {
    // Made by Azure's management API: the other way in is closed to whoever runs Terraform.
    storageAccountId: account.id,
    name: CONTAINER,
    containerAccessType: "private",
    lifecycle: { preventDestroy: protect },
  });
  exceptChecks(container, {
    checks: ["CKV2_AZURE_21"],
    reason: "who reads it is logged by a diagnostic setting of its account; checkov knows the way before that alone",
  });
  const policy = new StorageManagementPolicy(here, "Lifecycle", {
    storageAccountId: account.id,
    rule: [
      {
        name: "expire",
        enabled: true,
        filters: { blobTypes: ["blockBlob"] },
        actions: { baseBlob: { deleteAfterDaysSinceModificationGreaterThan: expireDays } },
      },
    ],
  });
  const endpoint = createPrivateEndpoint(here, defaults, {
    name: fitName([clusterName, "addon", name], AZURE_NAMES.privateEndpoint),
    target: { id: account.id, subresource: "blob" },
    subnetId: lookup.endpointSubnetId,
    zoneId: lookup.blobZoneId,
  });
  // Who deletes by hand, and not each line that is written and read: those are as many as there are logs.
  const logs = sendLogs(
    here,
    "Logs",
    { id: `${account.id}/blobServices/default`, workspaceId: lookup.logWorkspaceId },
    ["StorageDelete"],
  );
  return {
    store: { interface: "azure-blob", account: account.name, container: container.name },
    grant: { name: "Store", role: "Storage Blob Data Contributor", scope: container.id },
    lock: (granted) => {
      if (!protect) return;
      const notes = `${title}: let the environment drop it first`;
      lockDeletion(here, { id: account.id, notes, after: [container, policy, endpoint, logs, ...granted] });
    },
  };
}
