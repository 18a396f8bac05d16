import type { TerraformMetaArguments, TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import type { KubernetesObject } from "../kubernetes/objects";
import { addedTo } from "../kubernetes/patched";
import { withAddedFields } from "./added-fields";
import { conversionOf } from "./conversion";

/** How Terraform treats a resource, beside what it is. */
export type Lifecycle = Pick<TerraformMetaArguments, "dependsOn" | "forEach" | "lifecycle">;

/**
 * Creates the Terraform resource of a Kubernetes object.
 *
 * @throws InvalidInput where a patch added what the resource has no argument for
 */
export function createResource(
  scope: Construct,
  id: string,
  object: KubernetesObject,
  lifecycle: Lifecycle,
): TerraformResource {
  const conversion = addedTo(object).length === 0 ? conversionOf(object) : withAddedFields(object);
  return conversion.create(scope, id, lifecycle);
}
