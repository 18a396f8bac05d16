import type { TerraformResourceLifecycle } from "cdktf";
import type { Imported } from "../../../model/imported";
import type { Path, Problem } from "../../../model/problem";
import type { ImportForm } from "../../../services/provisioner";
import { code, expression } from "../../../terraform/expression";
import { armIdName, importedGroup, locationCondition, type MaybeImported, partsOfId } from "../imports";

/* Containers that were there before this program, each with its account. */

const ACCOUNTS = "Microsoft.Storage/storageAccounts";

export const BUCKET_IMPORTS: ImportForm = {
  id: armIdName(
    "a container of a storage account",
    String.raw`Microsoft\.Storage\/storageAccounts\/[a-z0-9]{3,24}\/blobServices\/default\/containers\/[a-z0-9](?:-?[a-z0-9]){2,62}`,
    `${ACCOUNTS}/legacyuploads/blobServices/default/containers/uploads`,
  ),
  with: {
    lifecycle: "the lifecycle rules of its account, which those of this program replace",
    account: "everything else in its account, which is deleted with it when it is dropped",
  },
};

/** Id of the account of a container, as the provider spells it. */
export const accountIdOf = ({ id }: Imported): string => id.split("/blobServices/")[0] ?? id;

export const containerNameOf = ({ sizing: { imported } }: MaybeImported): string | undefined =>
  imported === undefined ? undefined : partsOfId(imported.id).names[2];

/**
 * Arguments that an account has from its first day on, or that others beside the container use: of another value of the first azurerm
 * makes another account. Read at v4.55.0: internal/services/storage/storage_account_resource.go
 */
const ACCOUNT_AS_IT_WAS = [
  "account_kind",
  "account_replication_type",
  "account_tier",
  "azure_files_authentication",
  "blob_properties[0].change_feed_enabled",
  "blob_properties[0].change_feed_retention_in_days",
  "blob_properties[0].cors_rule",
  "blob_properties[0].last_access_time_enabled",
  "blob_properties[0].restore_policy",
  "custom_domain",
  "dns_endpoint_type",
  "edge_zone",
  "immutability_policy",
  "infrastructure_encryption_enabled",
  "is_hns_enabled",
  "location",
  "nfsv3_enabled",
  "provisioned_billing_model_version",
  "queue_encryption_key_type",
  "table_encryption_key_type",
] as const;

/** The same of a container. */
export const CONTAINER_AS_IT_WAS = ["default_encryption_scope", "encryption_scope_override_enabled"] as const;

/** What stays as it was of an account that was there, and what it has to be. Nothing where it is made. */
export function accountConditions(
  request: MaybeImported,
  name: string,
  location: string,
): Pick<TerraformResourceLifecycle, "ignoreChanges" | "postcondition"> {
  const group = importedGroup(request);
  if (group === undefined) return {};
  const kind = expression`${code("self.account_kind")}`;
  return {
    ignoreChanges: [...ACCOUNT_AS_IT_WAS],
    postcondition: [
      locationCondition(`Storage account ${name}`, location),
      {
        condition: expression`contains(["StorageV2", "BlockBlobStorage"], self.account_kind)`,
        errorMessage:
          `Storage account ${name} is of the kind ${kind}, from before StorageV2, by which this program keeps old versions of objects. Storage and BlobStorage become StorageV2 for good, ` +
          `where they are: az storage account update --resource-group ${group} --name ${name} --upgrade-to-storagev2 --access-tier Hot`,
      },
      {
        condition: expression`!self.is_hns_enabled`,
        errorMessage: `Storage account ${name} has a hierarchical namespace, with which Azure keeps no old versions of objects. Copy the container into an account without, and import that.`,
      },
      {
        condition: expression`self.dns_endpoint_type == "Standard"`,
        errorMessage: `Storage account ${name} has its host names in a zone of DNS of its own (AzureDnsZone), where the gateway does not find it. Copy the container into an account with standard endpoints, and import that.`,
      },
    ],
  };
}

/** An account goes as a whole, with what no model has: that is somebody's word. `path` is the service's own. */
export function dropProblems({ sizing: { imported }, name, resolved }: MaybeImported & Dropped, path: Path): Problem[] {
  if (imported === undefined || !resolved.drops.includes(name) || imported.with?.includes("account") === true)
    return [];
  const account = partsOfId(imported.id).names[0] ?? "";
  return [
    {
      path: [...path, "imported", "with"],
      ...(imported.with !== undefined && { got: imported.with }),
      why: `${name} is in drops, and the storage account ${account} is deleted with it: every other container, share, queue and table in it too`,
      fix: `copy what of the account others need, and say "account" in with; or take ${name} out of drops`,
    },
  ];
}

/** What a request says of what may be deleted. */
interface Dropped {
  readonly name: string;
  readonly resolved: { readonly drops: readonly string[] };
}

/** What people have to know of a container that was there. */
export const bucketImportNotes = (request: MaybeImported): readonly string[] => {
  const { imported } = request.sizing;
  if (imported === undefined) return [];
  return [
    `its container ${containerNameOf(request) ?? ""} was there before, with its account in the resource group ${partsOfId(imported.id).group}, and stays there`,
    "its account is closed to all networks but this one and other private endpoints, to account keys, shared access signatures made with them and anonymous readers: whoever came so comes no more",
    "other containers of the account keep old versions from now on too, which no rule deletes; how the account is replicated, and of which tier and kind it is, stays as it was",
    'the account is deleted with it once it is dropped, with everything else in it: synthesis refuses that until with has "account"',
    "identities of the account, by which it reached other keys, are replaced by that of the application's key",
  ];
};
