import { at, isAt, nameOf, numberAt, type Resource, textAt } from "../stack";
import type { Facts } from "./fact";

const KMS = "https://docs.cloud.google.com/kms/docs/resource-hierarchy";
const SOFT_DELETE = "https://docs.cloud.google.com/storage/docs/soft-delete";

/** Whether a name has something in it that is drawn when it is made, so that it is never in its own way. */
const isDrawn = (text: string | undefined): boolean => text !== undefined && /\$\{random_/.test(text);

const drawn = (text: string | undefined, otherwise: string): string =>
  isDrawn(text) ? "drawn, so that it is in nobody's way" : otherwise;

const isProtected =
  (...path: readonly string[]) =>
  ({ block }: Resource): boolean =>
    isAt(block, ...path);

export const GOOGLE: Facts = {
  google_container_cluster: {
    refuses: (resource) =>
      isProtected("deletion_protection")(resource) ? "the provider refuses it (deletion_protection)" : undefined,
  },
  google_filestore_instance: {
    refuses: (resource) =>
      isProtected("deletion_protection_enabled")(resource)
        ? "Filestore refuses it (deletion_protection_enabled)"
        : undefined,
  },
  google_memorystore_instance: {
    refuses: (resource) =>
      isProtected("deletion_protection_enabled")(resource)
        ? "Memorystore refuses it (deletion_protection_enabled)"
        : undefined,
  },
  google_sql_database_instance: {
    refuses: (resource) => {
      if (isProtected("settings", "deletion_protection_enabled")(resource)) {
        return "Cloud SQL refuses it (settings.deletion_protection_enabled)";
      }
      return isProtected("deletion_protection")(resource) ? "the provider refuses it (deletion_protection)" : undefined;
    },
    leaves: (resource) =>
      isProtected("settings", "retain_backups_on_delete")(resource)
        ? [
            {
              what: `backups of ${nameOf(textAt(resource.block, "name"), "the database")}`,
              says: "as long as they are kept, or until they are deleted: gcloud sql backups list --instance -",
              billed: true,
              source: "https://docs.cloud.google.com/sql/docs/mysql/backup-recovery/backups",
            },
          ]
        : [],
  },
  google_kms_key_ring: {
    taken: ({ block }) => ({
      name: `key ring ${nameOf(textAt(block, "name"), "")}`,
      says: drawn(textAt(block, "name"), "taken for ever: import it when the environment is made again"),
      source: KMS,
    }),
    leaves: ({ block }) => [
      {
        what: `key ring ${nameOf(textAt(block, "name"), "")}, and keys in it without a version`,
        says: "for ever: Google deletes neither",
        billed: false,
        source: KMS,
      },
    ],
  },
  google_kms_crypto_key: {
    leaves: ({ block }) => [
      {
        what: `versions of the key ${nameOf(textAt(block, "name"), "")}`,
        says: `scheduled for destruction${block.destroy_scheduled_duration === undefined ? ", for 30 days unless the organization says otherwise" : ` in ${textAt(block, "destroy_scheduled_duration") ?? ""}`}; gcloud kms keys versions restore brings one back until then, and what is encrypted with it is lost after that`,
        billed: false,
        source: "https://docs.cloud.google.com/kms/docs/destroy-restore",
      },
    ],
  },
  google_logging_project_bucket_config: {
    taken: ({ block }) => ({
      name: `log bucket ${nameOf(textAt(block, "bucket_id"), "")}`,
      says: drawn(textAt(block, "bucket_id"), "taken for 7 days"),
      source: "https://docs.cloud.google.com/logging/docs/reference/v2/rest/v2/projects.locations.buckets/delete",
    }),
    leaves: ({ block }) => [
      {
        what: `lines in the log bucket ${nameOf(textAt(block, "bucket_id"), "")}`,
        says: "for 7 days, in which gcloud logging buckets undelete brings them back",
        billed: false,
        source: "https://docs.cloud.google.com/logging/docs/reference/v2/rest/v2/projects.locations.buckets/delete",
      },
    ],
  },
  google_project_iam_custom_role: {
    taken: ({ block }) => ({
      name: `role ${nameOf(textAt(block, "role_id"), "")}`,
      says: drawn(textAt(block, "role_id"), "taken for up to 37 days, in the first 7 of which it can be brought back"),
      source: "https://docs.cloud.google.com/iam/docs/creating-custom-roles",
    }),
  },
  google_project_service: {
    leaves: ({ block }) =>
      block.disable_on_destroy === false
        ? [
            {
              what: `API ${textAt(block, "service") ?? ""}`,
              says: "stays switched on for the project",
              billed: false,
              source:
                "https://registry.terraform.io/providers/hashicorp/google/6.50.0/docs/resources/google_project_service",
            },
          ]
        : [],
  },
  google_service_networking_connection: {
    leaves: ({ block }) =>
      textAt(block, "deletion_policy") === "ABANDON"
        ? [
            {
              what: "peering servicenetworking-googleapis-com",
              says: "left behind, and its network cannot be deleted while it is there",
              billed: false,
              source:
                "https://registry.terraform.io/providers/hashicorp/google/6.50.0/docs/resources/service_networking_connection",
            },
          ]
        : [],
  },
  google_storage_bucket: {
    refuses: ({ block }) =>
      isAt(block, "force_destroy")
        ? undefined
        : "Cloud Storage refuses it while there is an object in it (force_destroy)",
    taken: ({ block }) => ({
      name: `bucket ${nameOf(textAt(block, "name"), "")}`,
      says: "free at once, to everybody on Google Cloud: what still asks for it may find somebody else's, and whoever takes it keeps this one from coming back",
      source: "https://docs.cloud.google.com/storage/docs/deleting-buckets",
    }),
    leaves: ({ block }) => {
      const seconds = numberAt(block, "soft_delete_policy", "retention_duration_seconds");
      if (seconds === 0) return [];
      const kept = seconds === undefined && at(block, "soft_delete_policy") === undefined ? 7 : (seconds ?? 0) / 86_400;
      return [
        {
          what: `objects of the bucket ${nameOf(textAt(block, "name"), "")}`,
          says: `for ${kept} days: gcloud storage restore brings them back until then`,
          billed: true,
          source: SOFT_DELETE,
        },
      ];
    },
  },
};
