import { LocalBackend, type TerraformStack } from "cdktf";

/**
 * Where the stack that makes the place for all other state may keep its own before that place is there. Under names that have their
 * region the file has it too: with the state of the region before it, a plan would want to delete that region's place.
 */
export function keepStateInFile(stack: TerraformStack, region?: string): void {
  const of = region === undefined ? stack.node.id : `${stack.node.id}.${region}`;
  // cdktf runs Terraform in cdktf.out/stacks/<stack>: this file lies beside cdktf.json. Its own default would be an
  // absolute path of whoever synthesizes.
  new LocalBackend(stack, { path: `../../../terraform.${of}.tfstate` });
}
