import { StorageBucket, type StorageBucketCors } from "@cdktf/provider-google/lib/storage-bucket";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import { StorageHmacKey } from "@cdktf/provider-google/lib/storage-hmac-key";
import { Construct } from "constructs";
import type { CheckException } from "../../../model/check-exception";
import type { Connection, PartSource } from "../../../model/connection";
import type { Path, Problem } from "../../../model/problem";
import type { Bucket } from "../../../services/bucket";
import { abortUploadsDays, corsRules, expiries } from "../../../services/bucket/settings";
import { oldVersions } from "../../../services/recovery";
import type { ServiceTraits } from "../../../services/traits";
import { exceptChecks } from "../../../terraform/check-exceptions";
import { takeOver } from "../../shared/imports";
import { byWorkload, type ServiceNames } from "../../shared/provisioner";
import { inState, type SecretInState } from "../../shared/secrets-in-state";
import { keepSecret } from "../secret-store";
import type { Grant } from "../workload-identity";
import { BUCKET_IMPORTS, importNotes, leftOf, lookAtBucket } from "./imported-bucket";
import { SERVICE_NAMES } from "./names";
import {
  type GoogleDescribeRequest,
  type GoogleProvisioner,
  type GoogleRequest,
  type ProvidedService,
  serviceName,
} from "./provisioner";
import { userSecretPlace } from "./users";

type Request = GoogleRequest<Bucket>;

const HOST = "storage.googleapis.com";

/** S3 clients sign a region, and Cloud Storage takes any. */
const REGION = "auto";

const SECRETS_IN_STATE: readonly SecretInState[] = [
  {
    resource: "google_storage_hmac_key",
    attribute: "secret",
    reason:
      "Cloud Storage makes the key and shows it only in the answer that creates it; S3 clients know no other login",
  },
];

const DAY = 24 * 60 * 60;

/** Days for which Cloud Storage can keep what was deleted for good. */
const SOFT_DELETE = { min: 7, max: 90 };

/**
 * Cloud Storage, by its S3 interface and its own. Sizing says nothing about a bucket. A workload's service account is the
 * permission; S3 clients sign in as it with a key of its own.
 */
export const bucketOnGoogle: GoogleProvisioner<Bucket> = {
  imports: BUCKET_IMPORTS,
  recoverable: ({ service }) =>
    oldVersions(service.spec.keepVersionsDays, "https://cloud.google.com/storage/docs/object-versioning", undefined),
  facts: { secretsInState: SECRETS_IN_STATE, apis: ["storage"] },
  problems: nameProblems,
  describe,
  provide,
};

type Named = ServiceNames & Pick<Request, "sizing">;

/** Name of one that was there, or one with the project in it, as names are shared by all of Google Cloud. */
const bucketName = ({ sizing, ...names }: Named, project: string): string =>
  sizing.imported?.id ?? serviceName(names, SERVICE_NAMES.bucket, project);

/** Problems of a name that is among everybody's buckets: Google keeps its own out of them. */
function nameProblems(request: GoogleDescribeRequest<Bucket>, path: Path): Problem[] {
  if (request.sizing.imported !== undefined) return [];
  const name = bucketName(request, request.place.project);
  if (!name.includes("google") && !name.startsWith("goog")) return [];
  const why = `Cloud Storage has no bucket "${name}": a name with "google" in it, or "goog" first, is Google's`;
  return [{ path, why, fix: "rename the service, its application or the environment" }];
}

const softDeleteDays = ({ spec: { keepVersionsDays } }: Bucket): number =>
  Math.min(Math.max(keepVersionsDays, SOFT_DELETE.min), SOFT_DELETE.max);

function describe(request: GoogleDescribeRequest<Bucket>): ServiceTraits {
  const { service, place } = request;
  return {
    placement: "managed",
    product: "Cloud Storage",
    version: undefined,
    port: service.contract.defaultPort,
    tls: "system",
    signIn: "key",
    optionalParts: ["accessKeyId", "secretAccessKey"],
    compute: undefined,
    disk: undefined,
    backups: `old versions of objects, ${service.spec.keepVersionsDays} days`,
    passwords: { place: userSecretPlace(request, "<workload>"), old: "fixed" },
    inState: inState(SECRETS_IN_STATE),
    name: bucketName(request, place.project),
    notes: [
      ...importNotes(request),
      "S3 clients sign in with an HMAC key of the workload's service account; clients of Google need none",
      `S3 clients sign the region ${REGION}`,
      // https://github.com/aws/aws-sdk-java-v2/issues/5987
      "AWS SDKs since 2025 send checksums that it refuses, unless AWS_REQUEST_CHECKSUM_CALCULATION is WHEN_REQUIRED",
      `who may delete objects may delete old versions; ${softDeleteDays(service)} days long that can be undone`,
    ],
  };
}

/** Read, write and delete objects, and see that the bucket is there, which S3 clients ask first. */
const ROLES = { Objects: "roles/storage.objectUser", Bucket: "roles/storage.legacyBucketReader" } as const;

/** The same without writing and deleting. */
const READER_ROLES = { ...ROLES, Objects: "roles/storage.objectViewer" } as const;

const accessGrant = (
  { name }: Request,
  bucket: StorageBucket,
  roles: Readonly<Record<keyof typeof ROLES, string>> = ROLES,
): Grant => ({
  id: name,
  allow: (scope, member) => [
    new StorageBucketIamMember(scope, "Objects", {
      ...{ bucket: bucket.name, role: roles.Objects, member },
      // Who writes and then only reads, or the other way round, has one of the two at every moment.
      lifecycle: { createBeforeDestroy: true },
    }),
    new StorageBucketIamMember(scope, "Bucket", { bucket: bucket.name, role: roles.Bucket, member }),
  ],
});

/** Names that were there before may be none of a host, and no client puts such a one before it. */
const hostsOf = (bucket: string): string[] => [HOST, ...(/^[a-z0-9-]+$/.test(bucket) ? [`${bucket}.${HOST}`] : [])];

function provide(request: Request): ProvidedService {
  const { scope } = request;
  const bucket = createBucket(scope, request);
  const { lookup, service } = request;
  const port = service.contract.defaultPort;
  const shared = {
    endpoint: { value: `https://${HOST}` },
    bucket: { value: bucket.name },
    region: { value: REGION },
  };
  const keys = new Construct(scope, "Keys");
  const connections = new Map(
    request.workloads.map((workload): [string, Connection] => [
      workload,
      {
        parts: { ...shared, ...createKey(keys, request, workload) },
        tls: true,
        // Cloud Storage answers from public addresses of all of Google; a network policy cannot follow their list. What
        // may be done there is said by the service account and the bucket. S3 clients put the bucket before the host.
        endpoints: [{ cidrs: ["0.0.0.0/0"], hosts: hostsOf(bucketName(request, lookup.project)), port }],
      },
    ]),
  );
  return {
    connection: byWorkload(request.name, connections),
    grants: [accessGrant(request, bucket)],
    readerGrants: [accessGrant(request, bucket, READER_ROLES)],
  };
}

const EXCEPTIONS: readonly CheckException[] = [
  {
    checks: ["CKV_GCP_62"],
    reason:
      "the project's audit log records who read and wrote objects, where data access is switched on; access logs come " +
      "hours late and need a bucket of their own",
  },
];

/** Headers that a page may send, and those that it may read, are one list there. */
const cors = (spec: Bucket["spec"]): StorageBucketCors[] =>
  corsRules(spec).map(({ origins, methods, headers, exposedHeaders, maxAgeSeconds }) => ({
    origin: [...origins],
    method: [...methods],
    responseHeader: [...new Set([...headers, ...exposedHeaders])],
    maxAgeSeconds,
  }));

function createBucket(scope: Construct, request: Request): StorageBucket {
  const { service, sizing, key, labels, lookup, protect } = request;
  const { keepVersionsDays } = service.spec;
  const { imported } = sizing;
  const there = imported && lookAtBucket(request, imported.id);
  const bucket = new StorageBucket(scope, "Default", {
    name: bucketName(request, lookup.project),
    project: lookup.project,
    location: lookup.region,
    uniformBucketLevelAccess: true,
    publicAccessPrevention: "enforced",
    versioning: { enabled: true },
    encryption: { defaultKmsKeyName: key.id },
    lifecycleRule: [
      { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: abortUploadsDays(service.spec) } },
      {
        action: { type: "Delete" },
        condition: { daysSinceNoncurrentTime: keepVersionsDays, withState: "ARCHIVED" },
      },
      ...expiries(service.spec).map(({ prefix, days }) => ({
        action: { type: "Delete" },
        condition: { age: days, withState: "LIVE", ...(prefix !== "" && { matchesPrefix: [prefix] }) },
      })),
    ],
    ...(service.spec.cors && { cors: cors(service.spec) }),
    // The way back from who deletes old versions too, which the right to delete objects includes here.
    softDeletePolicy: { retentionDurationSeconds: softDeleteDays(service) * DAY },
    // A bucket with objects or old versions in it cannot be deleted.
    forceDestroy: !protect,
    labels,
    dependsOn: [key.allow("Storage"), ...(there === undefined ? [] : [there])],
    lifecycle: { preventDestroy: protect, ...(imported !== undefined && { ignoreChanges: leftOf(service) }) },
  });
  takeOver(bucket, imported && `${lookup.project}/${imported.id}`);
  exceptChecks(bucket, ...EXCEPTIONS);
  return bucket;
}

/** The login of S3 clients, which acts as the workload's service account and is nothing without its permissions. */
function createKey(scope: Construct, request: Request, workload: string): Readonly<Record<string, PartSource>> {
  const { application, environment, key, labels, lookup, name, protect } = request;
  const here = new Construct(scope, workload);
  const hmac = new StorageHmacKey(here, "Default", {
    project: lookup.project,
    serviceAccountEmail: request.accounts.of(workload).email,
    // A new one is handed out before the old one stops working.
    lifecycle: { createBeforeDestroy: true },
  });
  const kept = keepSecret(
    here,
    "Login",
    {
      name: userSecretPlace(request, workload),
      description: `Key of workload ${workload} to service ${name} of ${application} in ${environment}`,
      key,
      labels,
      lookup,
      protect,
    },
    { fields: { accessKeyId: hmac.accessId, secretAccessKey: hmac.secret }, secret: hmac.secret },
  );
  return { accessKeyId: kept.part("accessKeyId"), secretAccessKey: kept.part("secretAccessKey") };
}
