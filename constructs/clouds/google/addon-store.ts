import { DataGoogleStorageProjectServiceAccount } from "@cdktf/provider-google/lib/data-google-storage-project-service-account";
import { KmsCryptoKey } from "@cdktf/provider-google/lib/kms-crypto-key";
import { KmsKeyRing } from "@cdktf/provider-google/lib/kms-key-ring";
import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import { Id } from "@cdktf/provider-random/lib/id";
import { Sleep } from "@cdktf/provider-time/lib/sleep";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { GrantedStore, StoreNeed } from "../../addons/permissions";
import { type NamedThere, nameThere } from "../../model/name-there";
import { exceptChecks } from "../../terraform/check-exceptions";
import { ensureRandomProvider } from "../shared/providers";
import { ensureTimeProvider } from "../shared/time-provider";
import { exceptUnprotected, letUse, ROTATION_PERIOD } from "./encryption-key";
import type { GoogleLookup } from "./lookup";
import { hashedName, SERVICE_NAMES, uniqueName } from "./services/names";

interface AddonStoreInput {
  readonly lookup: GoogleLookup;
  readonly environment: NamedThere;
}

interface Owner {
  readonly name: string;
  /** Its service account, as IAM writes it. */
  readonly member: string;
}

/** A permission takes effect in two minutes mostly: https://cloud.google.com/iam/docs/access-change-propagation */
const TAKES_EFFECT = "120s";

/**
 * A bucket of an add-on's own, with a key of its own. It has no versions, and what was deleted is gone: the add-on deletes
 * what is too old, and rewrites the rest many times an hour.
 */
export function createAddonStore(
  scope: Construct,
  input: AddonStoreInput,
  { name, member }: Owner,
  { expireDays, protect }: StoreNeed,
): GrantedStore {
  const here = new Construct(scope, `Store-${name}`);
  const { lookup, environment } = input;
  const { project, region } = lookup;
  const key = createKey(new Construct(here, "Key"), input, name, protect);
  const bucket = new StorageBucket(here, "Default", {
    // The project is among all of Google Cloud's names; another region of it is another place.
    name: hashedName([nameThere(environment), "addon", name, region, project], SERVICE_NAMES.bucket),
    project,
    location: region,
    uniformBucketLevelAccess: true,
    publicAccessPrevention: "enforced",
    encryption: { defaultKmsKeyName: key.id },
    lifecycleRule: [
      { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: 1 } },
      { action: { type: "Delete" }, condition: { age: expireDays } },
    ],
    softDeletePolicy: { retentionDurationSeconds: 0 },
    forceDestroy: !protect,
    labels: { "goldenpath-addon": name },
    dependsOn: [key.allowed],
    lifecycle: { preventDestroy: protect },
  });
  exceptChecks(
    bucket,
    {
      checks: ["CKV_GCP_62"],
      reason: "the project's audit log records who read and wrote objects; access logs need a bucket of their own",
    },
    {
      checks: ["CKV_GCP_78"],
      reason: "its owner deletes what is too old and rewrites the rest: versions would keep each state of it",
    },
  );
  const objects = new StorageBucketIamMember(here, "Objects", {
    ...{ bucket: bucket.name, role: "roles/storage.objectUser", member },
  });
  ensureTimeProvider(here);
  // Its name comes by way of the wait: whoever is told of it finds the bucket open.
  const wait = new Sleep(here, "Wait", {
    createDuration: TAKES_EFFECT,
    triggers: { bucket: bucket.name, permission: objects.id },
  });
  return { interface: "gcs", bucket: wait.getStringAttribute("triggers.bucket") };
}

/** Cloud KMS gives a name to nobody again, so that a store that comes back needs another one. */
function createKey(
  here: Construct,
  { lookup: { project, region }, environment }: AddonStoreInput,
  addon: string,
  protect: boolean,
): { readonly id: string; readonly allowed: ITerraformDependable } {
  ensureRandomProvider(here);
  const suffix = new Id(here, "Suffix", { byteLength: 4 });
  const ring = new KmsKeyRing(here, "Ring", {
    name: uniqueName([nameThere(environment), "addon", addon], SERVICE_NAMES.keyRing, suffix.hex),
    project,
    location: region,
  });
  const key = new KmsCryptoKey(here, "Default", {
    name: "store",
    keyRing: ring.id,
    rotationPeriod: ROTATION_PERIOD,
    labels: { "goldenpath-addon": addon },
    lifecycle: { preventDestroy: protect },
  });
  exceptUnprotected(key, protect);
  // To ask for this account is what makes it.
  const { emailAddress } = new DataGoogleStorageProjectServiceAccount(here, "Agent", { project });
  const ids = { grant: "Grant", wait: "Wait" };
  return { id: key.id, allowed: letUse(here, ids, key.id, `serviceAccount:${emailAddress}`) };
}
