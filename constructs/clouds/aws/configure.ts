import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Aspects, S3Backend, type TerraformStack } from "cdktf";
import type { CloudEnvironment } from "../cloud";
import { providerId } from "../shared/providers";
import { stateBucketName } from "./names";
import type { Place } from "./place";

/**
 * Oldest Terraform and OpenTofu with native state locking in S3 and with write-only arguments. Versions of the
 * providers need no line here: each provider construct requires exactly the one its types were generated from.
 */
const REQUIRED_VERSION = ">= 1.11.0";

type Account = Pick<Place, "region" | "accountId" | "permissionsBoundary">;

/** What every AWS resource of the environment bears. */
export const environmentTags = (environment: CloudEnvironment): Record<string, string> => ({
  environment: environment.name,
  "cost-center": environment.costCenter,
  contact: environment.contact,
  "managed-by": "terraform",
});

/** State in the environment's bucket, under the stack's own key and lock. */
export function configure(
  stack: TerraformStack,
  environment: CloudEnvironment,
  place: Account & Pick<Place, "stateBucket">,
): void {
  const { region, accountId } = place;
  const backend = new S3Backend(stack, {
    bucket: stateBucketName(environment, place),
    key: `${stack.node.id}.tfstate`,
    region,
    // No `encrypt`: it asks for S3's own key by name, and the bucket's KMS key encrypts only what asks for none.
    allowedAccountIds: [accountId],
  });
  // The binding is older than the option.
  backend.addOverride("use_lockfile", true);
  configureProvider(stack, environment, place);
}

/** The provider, refusing any account but the environment's. */
export function configureProvider(stack: TerraformStack, environment: CloudEnvironment, place: Account): void {
  stack.addOverride("terraform.required_version", REQUIRED_VERSION);
  new AwsProvider(stack, providerId("aws"), {
    region: place.region,
    allowedAccountIds: [place.accountId],
    defaultTags: [{ tags: { ...environmentTags(environment), stack: stack.node.id } }],
  });
  const { permissionsBoundary } = place;
  if (permissionsBoundary === undefined) return;
  // Of all that there are when the stack is written: none can be made without.
  Aspects.of(stack).add({
    visit: (node) => {
      if (node instanceof IamRole) node.permissionsBoundary = permissionsBoundary;
    },
  });
}
