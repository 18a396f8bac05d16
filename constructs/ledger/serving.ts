import { type ITerraformDependable, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { formatPath } from "../model/problem";
import type { ResolvedApplication } from "../model/resolved";
import { code, expression } from "../terraform/expression";
import { list } from "../terraform/expressions";
import { StateRecord } from "../terraform/state-record";
import { bucketMap, bucketOf, leftAlone } from "./entries";

/** A workload, and the routes and workloads that lead to it: `https://api.example.com/`, `workload/frontend`. */
interface Serving {
  readonly workload: string;
  readonly from: readonly string[];
}

function servingOf({ workloads, routes }: ResolvedApplication): Serving[] {
  return workloads
    .map(({ name }) => ({
      workload: name,
      from: [
        ...routes
          .filter((route) => route.workload.name === name)
          .map(({ host, path, pathType }) => `${pathType === "Exact" ? "exactly:" : ""}https://${host}${path}`),
        ...workloads
          .filter(({ edges }) => edges.some((edge) => edge.to === "workload" && edge.workload === name))
          .map((caller) => `workload/${caller.name}`),
      ].sort(),
    }))
    .filter(({ from }) => from.length > 0);
}

/**
 * Remembers in the state which workload answers which routes and callers. Terraform deletes what is gone from the program
 * before it changes what led there: a workload that is renamed in one release, its route with it, would be down until the
 * new one is available. The plan of such a release stops and says how to do it in two.
 *
 * The record changes when all of a release has (`after`), and by the same 256 buckets as the ledger: what is gone from the
 * model is nobody's name any more. Where a workload that is there shares the bucket of the one that is gone, about once in
 * 256 for each, the plan does not stop.
 */
export function recordServing(scope: Construct, application: ResolvedApplication, after: ITerraformDependable): void {
  const stack = TerraformStack.of(scope);
  const names = application.workloads.map(({ name }) => name).sort();
  const serving = servingOf(application);
  const taken = new Set(names.map(bucketOf));
  const buckets = new Map<string, string[]>();
  for (const { workload, from } of serving) {
    const bucket = bucketOf(workload);
    buckets.set(bucket, [...(buckets.get(bucket) ?? []), [workload, ...from].join(" ")]);
  }
  const written = Object.fromEntries([...buckets].sort().map(([bucket, texts]) => [bucket, texts.sort().join(", ")]));
  const led = [...new Set(serving.flatMap(({ from }) => from))].sort();
  const lost = (value: string): string =>
    `[for entry in flatten([for bucket in values(self.input) : split(", ", bucket)]) : ${value} ` +
    `if !contains(${list(["1", ...names])}, split(" ", entry)[0]) && ` +
    `length(setintersection(toset(split(" ", entry)), toset(${list(led)}))) > 0]`;
  const condition = expression`length(${code(lost("entry"))}) == 0`;
  const lifecycle = {
    ignoreChanges: leftAlone((bucket) => taken.has(bucket)),
    postcondition: [{ condition, errorMessage: refusal(application, lost) }],
  };
  new StateRecord(stack, "Serving", bucketMap(written), lifecycle, undefined, [after]);
}

function refusal({ environment, name }: ResolvedApplication, lost: (value: string) => string): string {
  const gone = expression`join(", ", ${code(lost(`"\\"\${split(" ", entry)[0]}\\""`))})`;
  const led = expression`join("; ", ${code(lost('join(", ", slice(split(" ", entry), 1, length(split(" ", entry))))'))})`;
  return [
    `${formatPath(["environments", environment, "applications", name, "workloads"])}: ${gone}: answers ${led}, and is gone ` +
      "from the application, so that this release would delete it before what takes its place is available. Do it in two:",
    "1. put it back beside the new one, point routes and needs to the new one, and deploy",
    "2. take it out, and deploy again",
  ].join("\n");
}
