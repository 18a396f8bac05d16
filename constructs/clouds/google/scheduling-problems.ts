import type { Path, Problem } from "../../model/problem";
import type { ResolvedApplication } from "../../model/resolved";
import { selectedLabels } from "../../model/scheduling";
import { showKey } from "../../model/show";

/** Labels that Autopilot makes nodes by, beside those of its own below `cloud.google.com/`. */
const KNOWN = [
  "kubernetes.io/arch",
  "kubernetes.io/os",
  "topology.kubernetes.io/region",
  "topology.kubernetes.io/zone",
];

/**
 * Problems of nodes that Autopilot does not make. Of another label than those it knows it makes nodes with that label and
 * taint, for pods that tolerate the taint: without the toleration a pod waits for a node that never comes.
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/workload-separation
 */
export function schedulingProblems({ workloads }: ResolvedApplication, path: Path): Problem[] {
  return workloads.flatMap(({ name, scheduling = {} }): Problem[] => {
    const { nodeSelector = {}, tolerations = [] } = scheduling;
    const tolerates = (key: string): boolean =>
      tolerations.some(
        (one) =>
          one.key === key && one.operator !== "Exists" && [undefined, one.value ?? ""].includes(nodeSelector[key]),
      );
    return selectedLabels(scheduling)
      .filter(([key]) => !KNOWN.includes(key) && !key.startsWith("cloud.google.com/") && !tolerates(key))
      .map(([key, at]) => ({
        path: [...path, "workloads", name, "scheduling", ...at],
        got: key,
        why: "Autopilot has nodes of a label of yours for pods alone that tolerate a taint of the same key and value",
        fix: `add { key: "${showKey(key)}", operator: "Equal", value, effect: "NoSchedule" } to tolerations, with the value that nodes shall have`,
      }));
  });
}
