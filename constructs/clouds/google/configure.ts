import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { GcsBackend, type TerraformStack } from "cdktf";
import type { CloudEnvironment } from "../cloud";
import { providerId } from "../shared/providers";
import { environmentLabels, labelValue } from "./labels";
import { stateBucketName } from "./names";
import type { Place } from "./place";

/** Oldest Terraform and OpenTofu with write-only arguments. The provider's version is the one of its construct. */
const REQUIRED_VERSION = ">= 1.11.0";

/**
 * State in the environment's bucket, under the stack's own prefix. Cloud Storage locks it by itself, and encrypts it with
 * the bucket's key.
 */
export function configure(
  stack: TerraformStack,
  environment: CloudEnvironment,
  place: Pick<Place, "project" | "region" | "stateBucket">,
): void {
  new GcsBackend(stack, { bucket: stateBucketName(environment, place), prefix: stack.node.id });
  configureProvider(stack, environment, place);
}

/** The provider, for the environment's project whatever the runner's own is. */
export function configureProvider(
  stack: TerraformStack,
  environment: CloudEnvironment,
  { project, region }: Pick<Place, "project" | "region">,
): void {
  stack.addOverride("terraform.required_version", REQUIRED_VERSION);
  new GoogleProvider(stack, providerId("google"), {
    project,
    region,
    defaultLabels: { ...environmentLabels(environment), stack: labelValue(stack.node.id) },
  });
}
