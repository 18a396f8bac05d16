import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { Construct } from "constructs";
import { withDefaults } from "../../model/defaults";
import type { ClusterAccess } from "./props";
import { resourceGroupId } from "./resource-ids";
import type { Settings } from "./settings";

/** Where a role holds: in the cluster's resource group, or in one vault of it. */
type Scope = "cluster" | "secretVault" | "keyVault";

/** Role for `kubelogin` and for whoever looks the cluster up: where its API is, and by which authority. Opens nothing. */
const FIND: Permission = { id: "Find", role: "Azure Kubernetes Service Cluster User Role", scope: "cluster" };

const ADMINISTER: readonly Permission[] = [
  FIND,
  { id: "Administer", role: "Azure Kubernetes Service RBAC Cluster Admin", scope: "cluster" },
  // Applications' stacks write generated secrets and make the keys that their data is encrypted with.
  { id: "Secrets", role: "Key Vault Secrets Officer", scope: "secretVault" },
  { id: "Keys", role: "Key Vault Crypto Officer", scope: "keyVault" },
];

interface Permission {
  readonly id: string;
  readonly role: string;
  readonly scope: Scope;
}

/** Roles of Azure by what people do. The reader's leaves Kubernetes Secrets out. */
const PERMISSIONS = {
  deployers: ADMINISTER,
  administrators: ADMINISTER,
  viewers: [FIND, { id: "Read", role: "Azure Kubernetes Service RBAC Reader", scope: "cluster" }],
} as const satisfies Record<keyof ClusterAccess, readonly Permission[]>;

/**
 * Role assignments: who may use the Kubernetes API. On the resource group of the one cluster and not on the cluster,
 * whose lock would keep whoever leaves.
 */
export class Access extends Construct {
  constructor(scope: Construct, id: string, props: AccessProps) {
    super(scope, id);
    const { settings } = props;
    const { subscriptionId, clusterName } = settings;
    const scopes: Readonly<Record<Scope, string>> = {
      cluster: resourceGroupId(subscriptionId, props.resourceGroupName),
      secretVault: props.secretVaultId,
      keyVault: props.keyVaultId,
    };
    const principals = withDefaults({ viewers: [] as readonly string[] }, props.access);
    for (const group of ["deployers", "administrators", "viewers"] as const) {
      for (const principalId of principals[group]) {
        // By principal, so that the order of the list means nothing.
        const principal = new Construct(this, principalId);
        for (const permission of PERMISSIONS[group]) {
          new RoleAssignment(principal, permission.id, {
            scope: scopes[permission.scope],
            roleDefinitionName: permission.role,
            principalId,
            description: `${group} of ${clusterName}`,
          });
        }
      }
    }
  }
}

export interface AccessProps {
  readonly settings: Settings;
  readonly access: ClusterAccess;
  readonly resourceGroupName: string;
  readonly secretVaultId: string;
  readonly keyVaultId: string;
}
