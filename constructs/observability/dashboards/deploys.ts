import { type ResolvedApplication, runsToItsEnd } from "../../model/resolved";
import { oneOfTexts, select } from "../alerts/promql";
import { byWorkload } from "../alerts/watched";
import type { Mark } from "./panel";

/* When new pods came: where a line bends beside such a mark, the release is the first suspect. */

/** What follows the name of a Deployment in that of a ReplicaSet. */
const OF_REPLICA_SET = "-[0-9a-z]+";

/** What a mark says of itself, and what makes none. */
const MARKS_SAY =
  "Marks are new ReplicaSets: a release, or other settings. An autoscaler makes none, nor does going back to a ReplicaSet that is kept.";

/**
 * A mark for each workload whenever a ReplicaSet is made of it, at the moment at which it was made: the newest alone, whose
 * moment stays as long as it is the newest, whatever is scaled, restarted or tidied up meanwhile. None where all run to their end.
 */
export function deployMarks(application: ResolvedApplication, name: string): Mark[] {
  const names = application.workloads.filter((one) => !runsToItsEnd(one)).map(({ objectName }) => objectName);
  if (names.length === 0) return [];
  const created = select("kube_replicaset_created", {
    namespace: application.namespace,
    replicaset: new RegExp(`(${oneOfTexts(names)})${OF_REPLICA_SET}`),
  });
  const labelled = byWorkload({ application }, created, { label: "replicaset", ending: OF_REPLICA_SET });
  return [{ name, milliseconds: `max by (workload) (${labelled}) * 1000`, title: "{{workload}}", text: MARKS_SAY }];
}
