import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Home } from "./home";

/** A role of Azure's own on one scope and what is below it. */
export interface Permission {
  /** Told apart by it under one identity, and construct id. */
  readonly name: string;
  readonly role: string;
  readonly scope: string;
}

/** A managed identity, as which something of Azure acts, and all that it may do. */
export class ManagedIdentity extends Construct {
  readonly id: string;
  readonly principalId: string;
  readonly clientId: string;
  /** To depend on, or to remove only afterwards. */
  readonly permissions: readonly ITerraformDependable[];

  constructor(
    scope: Construct,
    id: string,
    home: Home,
    props: { readonly name: string; readonly description: string; readonly permissions: readonly Permission[] },
  ) {
    super(scope, id);
    const identity = new UserAssignedIdentity(this, "Default", { ...home, name: props.name });
    this.id = identity.id;
    this.principalId = identity.principalId;
    this.clientId = identity.clientId;
    this.permissions = props.permissions.map(
      ({ name, role, scope: target }) =>
        new RoleAssignment(this, name, {
          scope: target,
          roleDefinitionName: role,
          principalId: identity.principalId,
          principalType: "ServicePrincipal",
          // Seconds old, and not all of Entra knows it.
          skipServicePrincipalAadCheck: true,
          description: props.description,
        }),
    );
  }
}
