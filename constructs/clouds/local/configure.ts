import { LocalBackend, type TerraformStack } from "cdktf";
import { InvalidInput } from "../../model/problem";
import type { CloudEnvironment, ConfigureOptions } from "../cloud";
import { requireVersion } from "../shared/required-version";
import { makesBackend } from "../shared/stack-owner";

/** `terraform.local.tfstate` */
export const stateFile = (stack: string): string => `terraform.${stack}.tfstate`;

/** A state beside `cdktf.json`: it is of one developer's cluster, and goes with it. */
export function configure(stack: TerraformStack, _: CloudEnvironment, options: ConfigureOptions = {}): void {
  if (options.provider !== undefined) {
    const path = ["stacks", stack.node.id, options.provider.node.id];
    throw new InvalidInput([
      { path, why: "a cluster on this machine has no provider of a cloud", fix: "leave it out" },
    ]);
  }
  requireVersion(stack);
  // cdktf runs Terraform in cdktf.out/stacks/<stack>.
  if (makesBackend(stack, options.backend)) new LocalBackend(stack, { path: `../../../${stateFile(stack.node.id)}` });
}
