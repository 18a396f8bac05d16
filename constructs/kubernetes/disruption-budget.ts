import { maxReplicas, type ResolvedApplication, type ResolvedReplicated } from "../model/resolved";
import { selector, workloadMetadata } from "./labels";
import type { Labels, Metadata, PodDisruptionBudget } from "./objects";

/** One pod of these at a time; one that never became ready may always go. */
export const disruptionBudget = (metadata: Metadata, matchLabels: Labels): PodDisruptionBudget => ({
  apiVersion: "policy/v1",
  kind: "PodDisruptionBudget",
  metadata,
  spec: { maxUnavailable: 1, selector: { matchLabels }, unhealthyPodEvictionPolicy: "AlwaysAllow" },
});

/** One pod at a time. None for a single pod: there it would only keep its node from being drained. */
export function podDisruptionBudget(
  application: ResolvedApplication,
  workload: ResolvedReplicated,
): PodDisruptionBudget | undefined {
  if (maxReplicas(workload) <= 1) return undefined;
  return disruptionBudget(workloadMetadata(application, workload, `${workload.objectName}-pdb`), selector(workload));
}
