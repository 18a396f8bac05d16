import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { RoleDefinition } from "@cdktf/provider-azurerm/lib/role-definition";
import { Construct } from "constructs";
import { ACCESS_GROUPS, everyGroup } from "../shared/access";
import { dottedName } from "../shared/dotted-name";
import type { ClusterAccess } from "./props";
import { resourceGroupId } from "./resource-ids";
import { SERVICE_NAMES } from "./services/names";
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

/** What a plan reads, the values of secrets that applications' stacks wrote too; beside it `READ`. */
const PLAN: readonly Permission[] = [FIND, { id: "Secrets", role: "Key Vault Secrets User", scope: "secretVault" }];

/**
 * What no role of Azure's has without a right to write. Of the cluster all kinds: those of other programs are known by nothing
 * narrower, https://learn.microsoft.com/azure/aks/manage-azure-rbac. Of keys their names and public halves.
 */
const READ = ["Microsoft.ContainerService/managedClusters/*/read", "Microsoft.KeyVault/vaults/keys/read"];

/** Roles of Azure by what people do. The reader's leaves Kubernetes Secrets out. */
const PERMISSIONS = {
  deployers: ADMINISTER,
  administrators: ADMINISTER,
  viewers: [FIND, { id: "Read", role: "Azure Kubernetes Service RBAC Reader", scope: "cluster" }],
  planners: PLAN,
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
    const principals = everyGroup(props.access);
    for (const group of ACCESS_GROUPS) {
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
    if (principals.planners.length > 0) this.#read(scopes.cluster, principals.planners, settings);
  }

  #read(scope: string, planners: readonly string[], { clusterName, subscriptionId }: Settings): void {
    const here = new Construct(this, "Planners");
    const role = new RoleDefinition(here, "Role", {
      // Of the whole tenant, as is its name.
      name: dottedName([clusterName, "cluster-reader", subscriptionId], SERVICE_NAMES.role),
      description: `planners of ${clusterName}`,
      scope,
      assignableScopes: [scope],
      permissions: [{ actions: [], dataActions: READ }],
    });
    for (const principalId of planners) {
      new RoleAssignment(here, principalId, {
        scope,
        roleDefinitionId: role.roleDefinitionResourceId,
        principalId,
        description: `planners of ${clusterName}`,
      });
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
