import type { ResolvedWorkload } from "../model/resolved";
import type { PodSpec } from "./objects";

type Placement = Pick<PodSpec, "affinity" | "hostAliases" | "nodeSelector" | "priorityClassName" | "tolerations">;

/** What a workload says of its pods' nodes and of names in them. Nothing where it says nothing. */
export function placement({
  scheduling = {},
  hostAliases,
}: Pick<ResolvedWorkload, "hostAliases" | "scheduling">): Placement {
  const { nodeSelector = {}, affinity, tolerations = [], priorityClass } = scheduling;
  return {
    ...(Object.keys(nodeSelector).length > 0 && { nodeSelector }),
    ...(affinity !== undefined && { affinity }),
    ...(tolerations.length > 0 && { tolerations }),
    ...(priorityClass !== undefined && { priorityClassName: priorityClass }),
    ...(hostAliases !== undefined && { hostAliases }),
  };
}
