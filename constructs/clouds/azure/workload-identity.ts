import { FederatedIdentityCredential } from "@cdktf/provider-azurerm/lib/federated-identity-credential";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import { Construct } from "constructs";
import type { ResolvedApplication, ResolvedWorkload } from "../../model/resolved";
import type { Identity } from "../cloud";
import type { AzureLookup } from "./lookup";
import type { ApplicationGroup } from "./resource-group";
import { assignRoles, type Grant } from "./role-assignment";
import { identityName } from "./services/names";

type Issuer = Pick<AzureLookup, "oidcIssuerUrl">;

export interface PodIdentity {
  readonly name: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** All it may do. At least one. */
  readonly grants: readonly Grant[];
  readonly group: ApplicationGroup;
  readonly tags: Record<string, string>;
}

/**
 * A managed identity that the pods of one service account of one cluster sign in as, without a secret. The annotation
 * comes by way of the wait for its roles: whatever refers to the service account comes after it, as a pod that starts
 * earlier is refused for a while.
 * @see https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html
 */
export function createPodIdentity(scope: Construct, id: string, lookup: Issuer, identity: PodIdentity): Identity {
  const here = new Construct(scope, id);
  const { name, namespace, serviceAccount, grants, group, tags } = identity;
  const managed = new UserAssignedIdentity(here, "Default", {
    name,
    resourceGroupName: group.name,
    location: group.location,
    tags,
  });
  const credential = new FederatedIdentityCredential(here, "Credential", {
    name: "kubernetes",
    resourceGroupName: group.name,
    parentId: managed.id,
    issuer: lookup.oidcIssuerUrl,
    subject: `system:serviceaccount:${namespace}:${serviceAccount}`,
    audience: ["api://AzureADTokenExchange"],
  });
  const { principalId, clientId } = managed;
  const usable = assignRoles(here, { principalId, identity: clientId }, grants, [credential]);
  return {
    annotations: { "azure.workload.identity/client-id": usable },
    podLabels: { "azure.workload.identity/use": "true" },
  };
}

/**
 * The identity of a workload that calls Azure itself: what its edges need and nothing else. For workloads with an edge
 * that needs a permission; any other gets none, and cannot act in Azure at all.
 */
export function createWorkloadIdentity(
  scope: Construct,
  lookup: Issuer,
  application: ResolvedApplication,
  workload: ResolvedWorkload,
  { group, tags, grants }: Pick<PodIdentity, "group" | "tags" | "grants">,
): Identity {
  return createPodIdentity(scope, workload.name, lookup, {
    name: identityName(application.environment, application.name, "workload", workload.name),
    namespace: application.namespace,
    serviceAccount: workload.objectName,
    grants,
    group,
    tags,
  });
}
