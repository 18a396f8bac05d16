import type { WorkloadDocument } from "../../model-json/schema";

/** How many pods there are, in few words: `3 to 10`, `2`, `at 30 4 * * 1`, `in a release`. */
export function replicasOf(workload: WorkloadDocument): string {
  switch (workload.kind) {
    case "cron":
      return `at ${workload.schedule}`;
    case "release":
      return "in a release";
    default: {
      const { autoscaling, replicas } = workload;
      return autoscaling === undefined ? String(replicas) : `${autoscaling.min} to ${autoscaling.max}`;
    }
  }
}
