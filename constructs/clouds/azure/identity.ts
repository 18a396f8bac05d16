import { FederatedIdentityCredential } from "@cdktf/provider-azurerm/lib/federated-identity-credential";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import { Sleep } from "@cdktf/provider-time/lib/sleep";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ensureTimeProvider } from "../shared/time-provider";
import type { ResourceDefaults } from "./resource-group";

/** A permission of an identity: a role on one scope and what is below it. */
export interface Grant {
  /** Told apart by it under one identity, and construct id. */
  readonly name: string;
  /** A role of Azure's own by its name, or one made here by its id. */
  readonly role: string | { readonly id: string };
  readonly scope: string;
  /** Text for people who look at the assignment. */
  readonly description: string;
}

/** Pods that may sign in as an identity. */
export interface ServiceAccount {
  /** Issuer of the cluster: who signs its service accounts' tokens. */
  readonly issuer: string;
  readonly namespace: string;
  readonly name: string;
}

export interface IdentityProps {
  readonly defaults: ResourceDefaults;
  readonly name: string;
  /** All it may do. At least one. */
  readonly grants: readonly Grant[];
  /** @default - no pod: something of Azure's own acts as it */
  readonly serviceAccount?: ServiceAccount;
}

/**
 * Azure accepts an assignment at once and carries it out a while later: mostly within two minutes, in ten at most. What
 * Azure makes with the identity, an account, a server or a cluster, fails for good when it comes too early, and is half
 * made. Pods ask again.
 * https://learn.microsoft.com/en-us/azure/role-based-access-control/troubleshooting#symptom---role-assignment-changes-are-not-being-detected
 */
const TAKES_EFFECT = { azure: "600s", pods: "120s" } as const;

/**
 * A managed identity, as which something of Azure or pods of the cluster act, and all that it may do. `id` and `clientId`
 * come by way of a wait until roles and sign-in work: whoever is told of one of them finds the identity allowed. One who
 * tried earlier would be refused, and Entra remembers that for a while.
 */
export class ManagedIdentity extends Construct {
  readonly id: string;
  readonly clientId: string;
  /** Known at once: for roles that are given to it elsewhere. */
  readonly principalId: string;
  /** Its assignments: what is locked against deletion is so after them, or they could not be taken back. */
  readonly granted: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { defaults, name, grants, serviceAccount }: IdentityProps) {
    super(scope, id);
    const identity = new UserAssignedIdentity(this, "Default", { ...defaults, name });
    const assignments = grants.map(
      (grant) =>
        new RoleAssignment(this, grant.name, {
          scope: grant.scope,
          principalId: identity.principalId,
          principalType: "ServicePrincipal",
          // Seconds old, and not all of Entra knows it.
          skipServicePrincipalAadCheck: true,
          description: grant.description,
          ...(typeof grant.role === "string"
            ? { roleDefinitionName: grant.role }
            : { roleDefinitionId: grant.role.id }),
        }),
    );
    const credential = serviceAccount === undefined ? [] : [this.#federate(defaults, identity, serviceAccount)];
    ensureTimeProvider(this);
    const effect = new Sleep(this, "Effect", {
      createDuration: serviceAccount === undefined ? TAKES_EFFECT.azure : TAKES_EFFECT.pods,
      // Another assignment is another wait.
      triggers: {
        id: identity.id,
        client: identity.clientId,
        assignments: assignments.map((assignment) => assignment.id).join(","),
      },
      dependsOn: credential,
    });
    this.id = effect.getStringAttribute("triggers.id");
    this.clientId = effect.getStringAttribute("triggers.client");
    this.principalId = identity.principalId;
    this.granted = assignments;
  }

  /** Federates without a secret: Entra believes the tokens that this cluster gives to this service account, and none else. */
  #federate(defaults: ResourceDefaults, identity: UserAssignedIdentity, { issuer, namespace, name }: ServiceAccount) {
    return new FederatedIdentityCredential(this, "Credential", {
      name: "kubernetes",
      resourceGroupName: defaults.resourceGroupName,
      parentId: identity.id,
      issuer,
      subject: `system:serviceaccount:${namespace}:${name}`,
      audience: ["api://AzureADTokenExchange"],
    });
  }
}

/**
 * What a service account and its pods must bear to sign in as an identity: the webhook gives a token to pods that bear the
 * label, and to no other.
 * @see https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html
 */
export const workloadIdentityMetadata = ({ clientId }: ManagedIdentity) => ({
  annotations: { "azure.workload.identity/client-id": clientId },
  podLabels: { "azure.workload.identity/use": "true" },
});
