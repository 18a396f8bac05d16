import { ManagementLock } from "@cdktf/provider-azurerm/lib/management-lock";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";

export interface Locked {
  readonly id: string;
  /** For whoever is refused. */
  readonly notes: string;
  /** What belongs to the resource, made before the lock and gone after it. @default - nothing */
  readonly after?: readonly ITerraformDependable[];
}

/** Keeps everybody from deleting a resource and what belongs to it, other programs and the portal included. */
export function keep(scope: Construct, id: string, { id: target, notes, after = [] }: Locked): void {
  new ManagementLock(scope, id, {
    name: "goldenpath-keep",
    scope: target,
    lockLevel: "CanNotDelete",
    notes,
    dependsOn: after.length === 0 ? undefined : [...after],
  });
}
