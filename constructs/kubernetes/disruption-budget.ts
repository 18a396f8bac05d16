import { maxReplicas, type ResolvedApplication, type ResolvedReplicated } from "../model/resolved";
import { selector, workloadMetadata } from "./labels";
import type { PodDisruptionBudget } from "./objects";

/** One pod at a time. None for a single pod: there it would only keep its node from being drained. */
export function podDisruptionBudget(
  application: ResolvedApplication,
  workload: ResolvedReplicated,
): PodDisruptionBudget | undefined {
  if (maxReplicas(workload) <= 1) return undefined;
  return {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: workloadMetadata(application, workload, `${workload.objectName}-pdb`),
    spec: {
      maxUnavailable: 1,
      selector: { matchLabels: selector(workload) },
      unhealthyPodEvictionPolicy: "AlwaysAllow",
    },
  };
}
