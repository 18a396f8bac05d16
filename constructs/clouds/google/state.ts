import { DataGoogleStorageProjectServiceAccount } from "@cdktf/provider-google/lib/data-google-storage-project-service-account";
import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import type { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { fitName } from "../../model/names";
import { exceptChecks } from "../../terraform/check-exceptions";
import type { CloudEnvironment } from "../cloud";
import { keepStateInFile } from "../shared/state-file";
import { Apis, STATE_APIS } from "./apis";
import { configure, configureProvider } from "./configure";
import { EncryptionKey, KeyRing } from "./encryption-key";
import { GOOGLE_NAMES, nameOf, stateBucketName } from "./names";
import type { GoogleProps } from "./props";

/** Days an overwritten state can still be restored. */
const KEEP_VERSIONS_DAYS = 90;

/** Seconds a deleted object can still be had back, whatever the rules say: 90 days, the most that Cloud Storage offers. */
const SOFT_DELETE_SECONDS = 90 * 86_400;

/** The bucket of the environment's Terraform state, protected whatever the environment says: it is the map to everything. */
export function createState(stack: TerraformStack, environment: CloudEnvironment, props: GoogleProps): void {
  if (props.stateIn === "bucket") configure(stack, environment, props);
  else {
    keepStateInFile(stack, props.regionInNames === true ? props.region : undefined);
    configureProvider(stack, environment, props);
  }
  const { project, region } = props;
  const name = stateBucketName(environment, props);
  const apis = new Apis(stack, "Apis", { names: STATE_APIS });
  const here = new Construct(stack, "Bucket");
  // Reading it makes Google create it.
  const storage = new DataGoogleStorageProjectServiceAccount(here, "Agent", {
    project,
    dependsOn: apis.one("storage"),
  });
  const ring = new KeyRing(here, "KeyRing", {
    name: fitName([nameOf(environment, props), "tfstate"], GOOGLE_NAMES.keyRing),
    region,
    dependsOn: apis.enabled,
  });
  const key = new EncryptionKey(here, "Key", {
    keyRingId: ring.id,
    name: "state",
    protect: true,
    users: { Storage: storage.member },
  });
  const bucket = new StorageBucket(here, "Default", {
    name,
    location: region,
    uniformBucketLevelAccess: true,
    publicAccessPrevention: "enforced",
    versioning: { enabled: true },
    softDeletePolicy: { retentionDurationSeconds: SOFT_DELETE_SECONDS },
    encryption: { defaultKmsKeyName: key.id },
    lifecycleRule: [
      {
        action: { type: "Delete" },
        condition: { daysSinceNoncurrentTime: KEEP_VERSIONS_DAYS, withState: "ARCHIVED" },
      },
      { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: 7 } },
    ],
    forceDestroy: false,
    dependsOn: [...key.granted],
    lifecycle: { preventDestroy: true },
  });
  exceptChecks(bucket, {
    checks: ["CKV_GCP_62"],
    reason:
      "Cloud Audit Logs record who changed the bucket; usage logs come late, and into another bucket of this kind",
  });
}
