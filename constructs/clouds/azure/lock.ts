import { ManagementLock } from "@cdktf/provider-azurerm/lib/management-lock";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";

/**
 * Keeps everybody from deleting a resource that has no deletion protection of its own. It also keeps what belongs to the
 * resource, role assignments and diagnostic settings among it: made after all of `children`, it is gone before them.
 */
export function createLock(
  scope: Construct,
  target: { readonly id: string; readonly what: string },
  children: readonly ITerraformDependable[],
): void {
  new ManagementLock(scope, "Lock", {
    name: "keep",
    scope: target.id,
    lockLevel: "CanNotDelete",
    notes: `${target.what}: take protection off in the environment's file first`,
    dependsOn: [...children],
  });
}
