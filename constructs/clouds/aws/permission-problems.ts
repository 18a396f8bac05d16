import type { Path, Problem } from "../../model/problem";
import type { ResolvedApplication, ResolvedWorkload } from "../../model/resolved";
import { policyDocument } from "./iam";
import { statementsOf } from "./permissions";
import { statementsBefore } from "./services/bucket";
import type { AwsLiterals } from "./services/provisioner";

/**
 * Characters that the inline policies of a role have together at most, white space not counted.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const POLICY = 10_240;

/** Roles whose policy AWS would refuse, in the middle of a deploy. */
export const permissionProblems = (place: AwsLiterals, application: ResolvedApplication, path: Path): Problem[] =>
  application.workloads.flatMap((workload): Problem[] => {
    const statements = [...ofBuckets(place, application, workload), ...statementsOf(workload)];
    const count = statements.length === 0 ? 0 : policyDocument(statements).replace(/\s/g, "").length;
    if (count <= POLICY) return [];
    const why = `the policy of its role has ${count} characters with what edges to buckets bring, and AWS takes ${POLICY}`;
    const fix = "say several resources of one kind in one permission, or divide the workload";
    return [{ path: [...path, "workloads", workload.name], why, fix }];
  });

function ofBuckets(place: AwsLiterals, { environment, name }: ResolvedApplication, { edges }: ResolvedWorkload) {
  const buckets = new Map(
    edges.flatMap((edge) => {
      if (edge.to !== "service" || edge.service.service.kind !== "bucket") return [];
      if (edge.service.sizing.placement !== "managed") return [];
      return [
        [edge.service.name, { access: edge.access === "read" ? "read" : "write", sizing: edge.service.sizing }],
      ] as const;
    }),
  );
  return [...buckets].flatMap(([bucket, { access, sizing }]) =>
    statementsBefore({ environment, application: name, name: bucket, sizing }, place, access),
  );
}
