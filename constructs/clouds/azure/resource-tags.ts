import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { CloudEnvironment } from "../cloud";

export type Tags = Record<string, string>;

/**
 * What every Azure resource of the environment bears. The provider has no default tags, so each resource is given them;
 * a test holds the synthesized stacks against the arguments that resources have.
 */
export const tagsOf = (scope: Construct, environment: CloudEnvironment): Tags => ({
  environment: environment.name,
  "cost-center": environment.costCenter,
  contact: environment.contact,
  "managed-by": "terraform",
  stack: TerraformStack.of(scope).node.id,
});
