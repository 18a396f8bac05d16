import { LocalBackend, type TerraformStack } from "cdktf";

/** Oldest Terraform and OpenTofu with write-only arguments. */
const REQUIRED_VERSION = ">= 1.11.0";

/** `terraform.local.tfstate` */
export const stateFile = (stack: string): string => `terraform.${stack}.tfstate`;

/** A state beside `cdktf.json`: it is of one developer's cluster, and goes with it. */
export function configure(stack: TerraformStack): void {
  // cdktf runs Terraform in cdktf.out/stacks/<stack>.
  new LocalBackend(stack, { path: `../../../${stateFile(stack.node.id)}` });
  stack.addOverride("terraform.required_version", REQUIRED_VERSION);
}
