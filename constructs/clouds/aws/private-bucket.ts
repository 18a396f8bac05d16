import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { CheckException } from "../../model/check-exception";
import type { Imported } from "../../model/imported";
import type { Expiry } from "../../services/bucket/settings";
import { exceptChecks } from "../../terraform/check-exceptions";
import { takeOver, takeOverWith } from "../shared/imports";
import { policyDocument, type Statement } from "./iam";
import type { AwsRegion } from "./regions";

export interface PrivateBucketProps {
  /** Unique on all of AWS. */
  readonly name: string;
  /** @default - the provider's */
  readonly region?: AwsRegion;
  /** Whether it is copied to another region, or is the copy. @default - neither */
  readonly replication?: "copied" | "copy";
  readonly keyArn: string;
  /** Days after which an overwritten or deleted version is gone for good. @default - there are no versions */
  readonly keepVersionsDays?: number;
  /** Days after which parts of an upload that nobody completed go. @default 7 */
  readonly abortUploadsDays?: number;
  /** Objects that become old versions by themselves. @default - none */
  readonly expiries?: readonly Expiry[];
  /** Whether Terraform refuses to delete it, and S3 to delete what is in it. */
  readonly protect: boolean;
  /** What it is already, and what of its settings is there: `policy`, `lifecycle`. @default - it is made */
  readonly imported?: Imported;
  /** Added to the policy that refuses plain connections. @default - nothing */
  readonly statements?: (bucketArn: string) => readonly Statement[];
  /** What has to be gone after it, such as the key of its objects. @default - nothing that it does not refer to */
  readonly dependsOn?: ITerraformDependable[];
  /** @default - the provider's default tags alone */
  readonly tags?: Record<string, string>;
}

const EXCEPTIONS: readonly CheckException[] = [
  {
    checks: ["CKV_AWS_18"],
    reason:
      "the account's CloudTrail records who read and wrote objects; server access logs come late or not at all, " +
      "and into no bucket that is encrypted with a key of ours",
  },
  { checks: ["CKV2_AWS_62"], reason: "nobody listens for events of its objects" },
];

const NOT_COPIED: CheckException = {
  checks: ["CKV_AWS_144"],
  reason: "data stays in its region; versions are the way back, and losing a region is lost for everything else too",
};

const IS_THE_COPY: CheckException = {
  checks: ["CKV_AWS_144"],
  reason: "it is the copy itself, in another region than what it is of",
};

const WITHOUT_VERSIONS: CheckException = {
  checks: ["CKV_AWS_21"],
  reason: "its owner deletes what is too old and rewrites the rest: versions would keep each state of it",
};

/** A bucket, and what has to be there before it is replicated: its versions. */
export interface PrivateBucket {
  readonly bucket: S3Bucket;
  readonly versioning: ITerraformDependable[];
}

/** A bucket that is private, encrypted with the given key, owned by the account, and reached under TLS only. */
export function createPrivateBucket(scope: Construct, props: PrivateBucketProps): PrivateBucket {
  const { region } = props;
  const bucket = new S3Bucket(scope, "Default", {
    region,
    bucket: props.name,
    // A bucket with objects or old versions in it cannot be deleted.
    forceDestroy: !props.protect,
    tags: props.tags,
    dependsOn: props.dependsOn,
    lifecycle: { preventDestroy: props.protect },
  });
  takeOver(bucket, props.imported?.id);
  exceptChecks(
    bucket,
    ...EXCEPTIONS,
    ...(props.replication === undefined ? [NOT_COPIED] : []),
    ...(props.replication === "copy" ? [IS_THE_COPY] : []),
    ...(props.keepVersionsDays === undefined ? [WITHOUT_VERSIONS] : []),
  );
  const publicAccess = new S3BucketPublicAccessBlock(scope, "PublicAccessBlock", {
    region,
    bucket: bucket.id,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  new S3BucketOwnershipControls(scope, "OwnershipControls", {
    region,
    bucket: bucket.id,
    rule: { objectOwnership: "BucketOwnerEnforced" },
  });
  new S3BucketServerSideEncryptionConfigurationA(scope, "Encryption", {
    region,
    bucket: bucket.id,
    rule: [
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: props.keyArn },
        bucketKeyEnabled: true,
      },
    ],
  });
  const policy = new S3BucketPolicy(scope, "Policy", {
    region,
    bucket: bucket.id,
    policy: policyDocument([
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [bucket.arn, `${bucket.arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      ...(props.statements?.(bucket.arn) ?? []),
    ]),
    // S3 refuses to change both at one time.
    dependsOn: [publicAccess],
  });
  takeOverWith(policy, props, "policy", props.name);
  return { bucket, versioning: keep(scope, bucket, props) };
}

function keep(scope: Construct, bucket: S3Bucket, props: PrivateBucketProps): ITerraformDependable[] {
  const { region, keepVersionsDays, abortUploadsDays = 7, expiries = [] } = props;
  const versioning =
    keepVersionsDays === undefined
      ? []
      : [
          new S3BucketVersioningA(scope, "Versioning", {
            region,
            bucket: bucket.id,
            versioningConfiguration: { status: "Enabled" },
          }),
        ];
  const lifecycle = new S3BucketLifecycleConfiguration(scope, "Lifecycle", {
    region,
    bucket: bucket.id,
    rule: [
      {
        id: "abort-incomplete-uploads",
        status: "Enabled",
        filter: [{}],
        abortIncompleteMultipartUpload: [{ daysAfterInitiation: abortUploadsDays }],
      },
      {
        id: "expire-old-versions",
        status: "Enabled",
        filter: [{}],
        // A bucket without versions may have had some: what is deleted there would stay as one for ever, and in no plan.
        noncurrentVersionExpiration: [{ noncurrentDays: keepVersionsDays ?? 1 }],
        expiration: [{ expiredObjectDeleteMarker: true }],
      },
      ...expiries.map(({ prefix, days }) => ({
        // No prefix makes it the name of one of the others.
        id: prefix === "" ? "objects" : `objects-${prefix}`,
        status: "Enabled",
        filter: [prefix === "" ? {} : { prefix }],
        expiration: [{ days }],
      })),
    ],
    dependsOn: versioning,
  });
  takeOverWith(lifecycle, props, "lifecycle", props.name);
  return versioning;
}
