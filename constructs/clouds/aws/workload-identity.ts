import type { Construct } from "constructs";
import { environmentThere } from "../../model/name-there";
import type { ResolvedApplication, ResolvedWorkload } from "../../model/resolved";
import type { Identity } from "../cloud";
import type { Statement } from "./iam";
import type { AwsLookup } from "./lookup";
import { roleName } from "./names";
import { createPodIdentity } from "./pod-identity";
import { applicationTags } from "./tags";

/**
 * The role of a workload that calls AWS itself: what its edges need and it says itself, and nothing else. One that has no
 * permission gets no role and cannot call AWS at all (`undefined`).
 */
export function createWorkloadIdentity(
  scope: Construct,
  lookup: AwsLookup,
  application: ResolvedApplication,
  workload: ResolvedWorkload,
  statements: readonly Statement[],
): Identity | undefined {
  if (statements.length === 0) return undefined;
  const { name } = application;
  const environment = environmentThere(application);
  return createPodIdentity(scope, workload.name, lookup, {
    roleName: roleName(environment, "workload", name, workload.name),
    description: `Workload ${workload.name} of ${name} in ${environment}`,
    namespace: application.namespace,
    serviceAccount: workload.objectName,
    statements,
    tags: applicationTags(name),
  });
}
