import type { TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";
import type { CheckException } from "../model/check-exception";

const TYPE = "goldenpath:check-exception";

/** Notes exceptions on a resource. Nothing of it is synthesized: the scan reads it from the tree. */
export function exceptChecks(resource: TerraformResource, ...exceptions: readonly CheckException[]): void {
  for (const exception of exceptions) resource.node.addMetadata(TYPE, exception);
}

export function checkExceptions(construct: IConstruct): readonly CheckException[] {
  return construct.node.metadata
    .filter(({ type }) => type === TYPE)
    .map(({ data }): CheckException => data as CheckException);
}
