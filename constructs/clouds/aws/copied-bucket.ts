import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketReplicationConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-replication-configuration";
import { Construct } from "constructs";
import type { Copies } from "./copies";
import { Role, serviceTrust, type Statement } from "./iam";
import { createPrivateBucket, type PrivateBucketProps } from "./private-bucket";

/** Where the copy of a bucket goes. */
export interface BucketCopy {
  readonly copies: Copies;
  /** Id of the copy's constructs, below those of the copies. */
  readonly id: string;
  /** Name of the copy, unique on all of AWS. */
  readonly name: string;
  /** Name of the role with which S3 copies, unique in the account. */
  readonly roleName: string;
  /** Region of the bucket itself. */
  readonly region: string;
}

export interface CopiedBucketProps extends PrivateBucketProps {
  /** What is deleted stays as an old version in both: S3 replicates buckets with versions alone. */
  readonly keepVersionsDays: number;
}

/** Name of the one rule, which its measures bear. */
export const REPLICATION_RULE = "copies";

/**
 * A bucket, and beside it one in the second region to which S3 replicates what is written and deleted from then on. Objects that
 * were there before stay where they are until people copy them once.
 */
export function createCopiedBucket(scope: Construct, props: CopiedBucketProps, copy: BucketCopy): S3Bucket {
  const { bucket, versioning } = createPrivateBucket(scope, { ...props, replication: "copied" });
  const { copies, name, region } = copy;
  const there = createPrivateBucket(new Construct(copies.scope, copy.id), {
    ...props,
    imported: undefined,
    name,
    region: copies.region,
    keyArn: copies.keyArn,
    protect: props.protect && copies.kept,
    dependsOn: [copies.key],
    replication: "copy",
  });
  const here = new Construct(scope, "Replication");
  const role = new Role(here, "Role", {
    name: copy.roleName,
    description: `Copies bucket ${props.name} to ${copies.region}`,
    // Without a condition, as AWS writes it for live replication: it names no key that S3 sends, and by one that it does not send it
    // would copy nothing. Only who may pass the role, in this account, gives it to a bucket.
    trust: serviceTrust("s3.amazonaws.com"),
    statements: replicationStatements(
      { bucketArn: bucket.arn, keyArn: props.keyArn, olderKeys: props.imported?.keeps, region },
      { bucketArn: there.bucket.arn, keyArn: copies.keyArn, region: copies.region },
    ),
    tags: props.tags,
  });
  // At an address without the region: there is one for each bucket, and a second that is made before the first is gone is deleted
  // with it.
  new S3BucketReplicationConfigurationA(here, "Default", {
    bucket: bucket.id,
    role: role.arn,
    rule: [
      {
        id: REPLICATION_RULE,
        status: "Enabled",
        priority: 0,
        filter: { prefix: "" },
        deleteMarkerReplication: { status: "Enabled" },
        sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
        destination: {
          bucket: there.bucket.arn,
          encryptionConfiguration: { replicaKmsKeyId: copies.keyArn },
          metrics: { status: "Enabled" },
        },
      },
    ],
    dependsOn: [...versioning, ...there.versioning, ...role.permissions],
  });
  return bucket;
}

interface End {
  readonly bucketArn: string;
  readonly keyArn: string;
  /** Keys of what was there before it was imported. @default - none */
  readonly olderKeys?: readonly string[];
  readonly region: string;
}

/** What S3 needs to copy, and nothing else. https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html */
function replicationStatements(from: End, to: End): Statement[] {
  const through = ({ region }: End) => ({ StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } });
  return [
    { Effect: "Allow", Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"], Resource: from.bucketArn },
    {
      Effect: "Allow",
      Action: ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"],
      Resource: `${from.bucketArn}/*`,
    },
    {
      Effect: "Allow",
      Action: ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"],
      Resource: `${to.bucketArn}/*`,
    },
    {
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: from.olderKeys === undefined ? from.keyArn : [from.keyArn, ...from.olderKeys],
      Condition: through(from),
    },
    { Effect: "Allow", Action: ["kms:Encrypt", "kms:GenerateDataKey"], Resource: to.keyArn, Condition: through(to) },
  ];
}
