import type { Path, Problem } from "../../model/problem";
import type { ResolvedApplication } from "../../model/resolved";
import { selectedLabels } from "../../model/scheduling";

const KARPENTER = "karpenter.k8s.aws/";
const AUTO_MODE = "eks.amazonaws.com/";

/**
 * Problems of labels that no node has: what Karpenter calls `karpenter.k8s.aws/instance-family` is `eks.amazonaws.com/instance-family`
 * on the nodes of Auto Mode.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-pool.html
 */
export function schedulingProblems({ workloads }: ResolvedApplication, path: Path): Problem[] {
  return workloads.flatMap(({ name, scheduling = {} }) =>
    selectedLabels(scheduling)
      .filter(([key]) => key.startsWith(KARPENTER))
      .map(([key, at]) => ({
        path: [...path, "workloads", name, "scheduling", ...at],
        got: key,
        why: "nodes of EKS Auto Mode have no such label",
        fix: `use "${AUTO_MODE}${key.slice(KARPENTER.length)}"`,
      })),
  );
}
