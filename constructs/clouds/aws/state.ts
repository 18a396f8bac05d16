import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { LocalBackend, type TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { CloudEnvironment } from "../cloud";
import { configureProvider } from "./configure";
import { EncryptionKey } from "./encryption-key";
import { policyDocument } from "./iam";
import { stateBucketName } from "./names";
import type { AwsProps } from "./props";

/** Days an overwritten state can still be restored. */
const KEEP_VERSIONS_DAYS = 90;

/** The bucket of the environment's Terraform state, protected whatever the environment says: it is the map to everything. */
export function createState(stack: TerraformStack, environment: CloudEnvironment, props: AwsProps): void {
  // cdktf runs Terraform in cdktf.out/stacks/<stack>: this file lies beside cdktf.json. Its own default would be an
  // absolute path of whoever synthesizes.
  new LocalBackend(stack, { path: `../../../terraform.${stack.node.id}.tfstate` });
  configureProvider(stack, environment, props);
  new StateBucket(stack, "Bucket", { name: stateBucketName(environment, props), accountId: props.accountId });
}

class StateBucket extends Construct {
  constructor(scope: Construct, id: string, { name, accountId }: { name: string; accountId: string }) {
    super(scope, id);
    const key = new EncryptionKey(this, "Key", {
      accountId,
      name: [name],
      description: `Terraform state in ${name}`,
      protect: true,
    });
    const bucket = new S3Bucket(this, "Default", {
      bucket: name,
      forceDestroy: false,
      lifecycle: { preventDestroy: true },
    });
    const versioning = new S3BucketVersioningA(this, "Versioning", {
      bucket: bucket.id,
      versioningConfiguration: { status: "Enabled" },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, "Encryption", {
      bucket: bucket.id,
      rule: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn },
          bucketKeyEnabled: true,
        },
      ],
    });
    new S3BucketOwnershipControls(this, "Ownership", {
      bucket: bucket.id,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    const privacy = new S3BucketPublicAccessBlock(this, "PublicAccess", {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketPolicy(this, "Policy", {
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
        {
          Sid: "KmsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:PutObject",
          Resource: `${bucket.arn}/*`,
          // Both must hold: a request that names no encryption gets the bucket's.
          Condition: {
            Null: { "s3:x-amz-server-side-encryption": "false" },
            StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" },
          },
        },
      ]),
      // Two changes of access at once are refused by S3.
      dependsOn: [privacy],
    });
    new S3BucketLifecycleConfiguration(this, "Lifecycle", {
      bucket: bucket.id,
      rule: [
        {
          id: "old-versions",
          status: "Enabled",
          filter: [{ prefix: "" }],
          noncurrentVersionExpiration: [{ noncurrentDays: KEEP_VERSIONS_DAYS }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
      dependsOn: [versioning],
    });
  }
}
