import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { GcsBackend, type TerraformStack } from "cdktf";
import type { CloudEnvironment, ConfigureOptions } from "../cloud";
import { requireVersion } from "../shared/required-version";
import { hasOwnersProvider, makesBackend, statePath } from "../shared/stack-owner";
import { environmentLabels, labelValue } from "./labels";
import { stateBucketName } from "./names";
import { googleProvider } from "./owners-provider";
import type { Place } from "./place";

/**
 * State in the environment's bucket, under the stack's own prefix. Cloud Storage locks it by itself, and encrypts it with
 * the bucket's key.
 */
export function configure(
  stack: TerraformStack,
  environment: CloudEnvironment,
  place: Pick<Place, "project" | "region" | "regionInNames" | "stateBucket">,
  options: ConfigureOptions = {},
): void {
  configureProvider(stack, environment, place, options);
  if (!makesBackend(stack, options.backend)) return;
  new GcsBackend(stack, { bucket: stateBucketName(environment, place), prefix: statePath(stack, options) });
}

/** The provider, for the environment's project whatever the runner's own is. */
export function configureProvider(
  stack: TerraformStack,
  environment: CloudEnvironment,
  place: Pick<Place, "project" | "region">,
  options: ConfigureOptions = {},
): void {
  const provider = googleProvider(environment, place);
  if (!hasOwnersProvider(stack, provider, options.provider)) {
    new GoogleProvider(stack, provider.id, {
      project: place.project,
      region: place.region,
      defaultLabels: { ...environmentLabels(environment), stack: labelValue(stack.node.id) },
    });
  }
  requireVersion(stack);
}
