import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Aspects, S3Backend, type TerraformStack } from "cdktf";
import type { CloudEnvironment, ConfigureOptions } from "../cloud";
import { requireVersion } from "../shared/required-version";
import { hasOwnersProvider, makesBackend, statePath } from "../shared/stack-owner";
import { stateBucketName } from "./names";
import { awsProvider } from "./owners-provider";
import type { Place } from "./place";

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
  place: Account & Pick<Place, "regionInNames" | "stateBucket">,
  options: ConfigureOptions = {},
): void {
  configureProvider(stack, environment, place, options);
  if (!makesBackend(stack, options.backend)) return;
  const { region, accountId } = place;
  const backend = new S3Backend(stack, {
    bucket: stateBucketName(environment, place),
    key: `${statePath(stack, options)}.tfstate`,
    region,
    // No `encrypt`: it asks for S3's own key by name, and the bucket's KMS key encrypts only what asks for none.
    allowedAccountIds: [accountId],
  });
  // The binding is older than the option.
  backend.addOverride("use_lockfile", true);
}

/** The provider, refusing any account but the environment's. */
export function configureProvider(
  stack: TerraformStack,
  environment: CloudEnvironment,
  place: Account,
  options: ConfigureOptions = {},
): void {
  const provider = awsProvider(environment, place);
  if (!hasOwnersProvider(stack, provider, options.provider)) {
    new AwsProvider(stack, provider.id, {
      region: place.region,
      allowedAccountIds: [place.accountId],
      defaultTags: [{ tags: { ...environmentTags(environment), stack: stack.node.id } }],
    });
  }
  requireVersion(stack);
  const { permissionsBoundary } = place;
  if (permissionsBoundary === undefined) return;
  // Of all that there are when the stack is written: none can be made without. One that the stack's owner has made may
  // have its own.
  Aspects.of(stack).add({
    visit: (node) => {
      if (node instanceof IamRole) node.permissionsBoundary = node.permissionsBoundaryInput ?? permissionsBoundary;
    },
  });
}
