import { json, REF, type Translations, Untranslated } from "../translation";

const ACCESS = "PublicAccessBlockConfiguration";
const RULES = "LifecycleConfiguration.Rules";

export const buckets: Translations = {
  aws_s3_bucket: {
    type: "AWS::S3::Bucket",
    says: { bucket: "BucketName", force_destroy: { without: "CloudFormation deletes no bucket with objects in it" } },
    reads: { id: REF },
  },
  aws_s3_bucket_lifecycle_configuration: {
    of: "bucket",
    says: {
      rule: RULES,
      "rule.abort_incomplete_multipart_upload": { name: "AbortIncompleteMultipartUpload", as: "one" },
      // Its fields are the rule's own.
      "rule.expiration": { name: "", as: "one" },
      "rule.expiration.days": "ExpirationInDays",
      "rule.filter": { name: "", value: everyObject },
      "rule.noncurrent_version_expiration": { name: "NoncurrentVersionExpiration", as: "one" },
    },
  },
  aws_s3_bucket_ownership_controls: { of: "bucket", says: { rule: { name: "OwnershipControls.Rules", as: "list" } } },
  aws_s3_bucket_policy: { type: "AWS::S3::BucketPolicy", says: { policy: { name: "PolicyDocument", value: json } } },
  aws_s3_bucket_public_access_block: {
    of: "bucket",
    says: {
      block_public_acls: `${ACCESS}.BlockPublicAcls`,
      block_public_policy: `${ACCESS}.BlockPublicPolicy`,
      ignore_public_acls: `${ACCESS}.IgnorePublicAcls`,
      restrict_public_buckets: `${ACCESS}.RestrictPublicBuckets`,
    },
  },
  aws_s3_bucket_server_side_encryption_configuration: {
    of: "bucket",
    says: {
      rule: "BucketEncryption.ServerSideEncryptionConfiguration",
      "rule.apply_server_side_encryption_by_default": "ServerSideEncryptionByDefault",
      "rule.apply_server_side_encryption_by_default.kms_master_key_id": "KMSMasterKeyID",
      "rule.apply_server_side_encryption_by_default.sse_algorithm": "SSEAlgorithm",
    },
  },
  aws_s3_bucket_versioning: { of: "bucket" },
};

/** An empty filter means every object, as no filter does in CloudFormation. */
function everyObject(filter: unknown): object {
  if (JSON.stringify(filter) === "[{}]") return {};
  throw new Untranslated("nothing says what a lifecycle rule's filter is in CloudFormation");
}
