import type { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { CloudEnvironment } from "../cloud";
import { keepStateInFile } from "../shared/state-file";
import { configure, configureProvider } from "./configure";
import { EncryptionKey } from "./encryption-key";
import type { Statement } from "./iam";
import { stateBucketName } from "./names";
import { createPrivateBucket } from "./private-bucket";
import type { AwsProps } from "./props";

/** Days an overwritten state can still be restored. */
const KEEP_VERSIONS_DAYS = 90;

/** Statement whose conditions must both hold: a request that names no encryption gets the bucket's. */
const kmsOnly = (bucketArn: string): Statement => ({
  Sid: "KmsOnly",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:PutObject",
  Resource: `${bucketArn}/*`,
  Condition: {
    Null: { "s3:x-amz-server-side-encryption": "false" },
    StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" },
  },
});

/** The bucket of the environment's Terraform state, protected whatever the environment says: it is the map to everything. */
export function createState(stack: TerraformStack, environment: CloudEnvironment, props: AwsProps): void {
  if (props.stateIn === "bucket") configure(stack, environment, props);
  else {
    keepStateInFile(stack, props.regionInNames === true ? props.region : undefined);
    configureProvider(stack, environment, props);
  }
  const name = stateBucketName(environment, props);
  const bucket = new Construct(stack, "Bucket");
  const key = new EncryptionKey(bucket, "Key", {
    accountId: props.accountId,
    name: [name],
    description: `Terraform state in ${name}`,
    protect: true,
  });
  createPrivateBucket(bucket, {
    name,
    keyArn: key.arn,
    keepVersionsDays: KEEP_VERSIONS_DAYS,
    protect: true,
    statements: (bucketArn) => [kmsOnly(bucketArn)],
  });
}
