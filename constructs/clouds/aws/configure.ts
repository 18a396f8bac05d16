import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Backend, type TerraformStack } from "cdktf";
import type { CloudEnvironment } from "../cloud";
import { stateBucketName } from "./names";
import type { AwsProps } from "./props";

/**
 * Oldest Terraform and OpenTofu with native state locking in S3 and with write-only arguments. Versions of the
 * providers need no line here: each provider construct requires exactly the one its types were generated from.
 */
export const REQUIRED_VERSION = ">= 1.11.0";

/** What every AWS resource of the environment bears. */
export const environmentTags = (environment: CloudEnvironment): Record<string, string> => ({
  environment: environment.name,
  "cost-center": environment.costCenter,
  contact: environment.contact,
  "managed-by": "terraform",
});

/** State in the environment's bucket, under the stack's own key and lock. */
export function configure(stack: TerraformStack, environment: CloudEnvironment, props: AwsProps): void {
  const { region, accountId } = props;
  const backend = new S3Backend(stack, {
    bucket: stateBucketName(environment, props),
    key: `${stack.node.id}.tfstate`,
    region,
    encrypt: true,
    allowedAccountIds: [accountId],
  });
  // The binding is older than the option.
  backend.addOverride("use_lockfile", true);
  configureProvider(stack, environment, props);
}

/** The provider, refusing any account but the environment's. */
export function configureProvider(stack: TerraformStack, environment: CloudEnvironment, props: AwsProps): void {
  stack.addOverride("terraform.required_version", REQUIRED_VERSION);
  new AwsProvider(stack, "aws", {
    region: props.region,
    allowedAccountIds: [props.accountId],
    defaultTags: [{ tags: { ...environmentTags(environment), stack: stack.node.id } }],
  });
}
