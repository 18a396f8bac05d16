import type { Construct } from "constructs";
import { environmentThere } from "../../model/name-there";
import type { ResolvedApplication, ResolvedWorkload } from "../../model/resolved";
import type { Identity } from "../cloud";
import { type Grant, ManagedIdentity, workloadIdentityMetadata } from "./identity";
import type { AzureLookup } from "./lookup";
import type { ResourceDefaults } from "./resource-group";
import { identityName } from "./services/names";

type Issuer = Pick<AzureLookup, "oidcIssuerUrl">;

export interface PodIdentity {
  readonly name: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** All it may do. At least one. */
  readonly grants: readonly Grant[];
  readonly defaults: ResourceDefaults;
}

/** A managed identity that the pods of one service account of one cluster sign in as. Returns what these must bear. */
export function createPodIdentity(scope: Construct, id: string, lookup: Issuer, identity: PodIdentity): Identity {
  const { name, namespace, serviceAccount, grants, defaults } = identity;
  return workloadIdentityMetadata(
    new ManagedIdentity(scope, id, {
      defaults,
      name,
      grants,
      serviceAccount: { issuer: lookup.oidcIssuerUrl, namespace, name: serviceAccount },
    }),
  );
}

/**
 * The identity of a workload that calls Azure itself: what its edges need and it says itself, and nothing else. For
 * workloads with a permission; any other gets none, and cannot act in Azure at all.
 */
export function createWorkloadIdentity(
  scope: Construct,
  lookup: Issuer,
  application: ResolvedApplication,
  workload: ResolvedWorkload,
  { defaults, grants }: Pick<PodIdentity, "defaults" | "grants">,
): Identity {
  return createPodIdentity(scope, workload.name, lookup, {
    name: identityName(environmentThere(application), application.name, "workload", workload.name),
    namespace: application.namespace,
    serviceAccount: workload.objectName,
    grants,
    defaults,
  });
}
