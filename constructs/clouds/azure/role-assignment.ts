import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { Sleep } from "@cdktf/provider-time/lib/sleep";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ensureTimeProvider } from "../shared/providers";

/** A permission of an identity: a role on one scope and what is below it. */
export interface Grant {
  /** Told apart by it under one identity. */
  readonly name: string;
  /** A role of Azure's own by its name, or one made here by its id. */
  readonly role: { readonly builtIn: string } | { readonly id: string };
  readonly scope: string;
  readonly description: string;
}

/**
 * Azure accepts an assignment at once and carries it out a while later: mostly within two minutes, ten at most.
 * https://learn.microsoft.com/en-us/azure/role-based-access-control/troubleshooting#symptom---role-assignment-changes-are-not-being-detected
 */
const TAKES_EFFECT = "120s";

/**
 * Gives an identity its permissions and waits until they and what they `dependOn` work. Returns `identity`, an id of it,
 * by way of the wait: whoever uses that finds it allowed.
 */
export function assignRoles(
  scope: Construct,
  { principalId, identity }: { readonly principalId: string; readonly identity: string },
  grants: readonly Grant[],
  dependsOn: readonly ITerraformDependable[] = [],
): string {
  const here = new Construct(scope, "Roles");
  const assignments = grants.map(
    ({ name, role, scope: target, description }) =>
      new RoleAssignment(here, name, {
        scope: target,
        principalId,
        principalType: "ServicePrincipal",
        // The principal is seconds old, and not all of Entra knows it.
        skipServicePrincipalAadCheck: true,
        description,
        ...("builtIn" in role ? { roleDefinitionName: role.builtIn } : { roleDefinitionId: role.id }),
      }),
  );
  ensureTimeProvider(here);
  const effect = new Sleep(here, "Effect", {
    createDuration: TAKES_EFFECT,
    // Another assignment is another wait.
    triggers: { identity, assignments: assignments.map(({ id }) => id).join(",") },
    dependsOn: [...dependsOn],
  });
  return effect.getStringAttribute("triggers.identity");
}
