import { LocalBackend, type TerraformStack } from "cdktf";

/** Where the stack that makes the place for all other state may keep its own before that place is there. */
export function keepStateInFile(stack: TerraformStack): void {
  // cdktf runs Terraform in cdktf.out/stacks/<stack>: this file lies beside cdktf.json. Its own default would be an
  // absolute path of whoever synthesizes.
  new LocalBackend(stack, { path: `../../../terraform.${stack.node.id}.tfstate` });
}
