import { ManagementLock } from "@cdktf/provider-azurerm/lib/management-lock";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";

export interface Locked {
  readonly id: string;
  /** Text for whoever is refused. */
  readonly notes: string;
  /**
   * What belongs to the resource, role assignments and diagnostic settings among it: the lock keeps it too, so that it is
   * made before the lock and gone after it.
   */
  readonly after: readonly ITerraformDependable[];
}

/** Keeps everybody from deleting a resource and what belongs to it, other programs and the portal included. */
export function lockDeletion(scope: Construct, { id, notes, after }: Locked): void {
  new ManagementLock(scope, "Lock", {
    name: "goldenpath-keep",
    scope: id,
    lockLevel: "CanNotDelete",
    notes,
    dependsOn: [...after],
  });
}
