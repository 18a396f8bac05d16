import { BUCKETS } from "../objectives";
import type { Workload } from "../workload";
import type { Finding, Rule } from "./rule";

/* What a workload promises, and whether that is measured. */

export const OBJECTIVE_RULES: readonly Rule[] = [
  { reads: ["objectives", "metrics", "protocol"], find: objectives },
  { reads: ["metrics"], find: buckets },
];

function objectives(workload: Workload): Finding[] {
  if (!("objectives" in workload) || workload.objectives === undefined) return [];
  const { availability, latency } = workload.objectives;
  const field = ["objectives"];
  if (workload.kind === "http" && workload.protocol === "grpc") {
    const why = "requests of gRPC have no status of HTTP, and are counted under other names";
    return [{ field, why, fix: "remove it, and let rules of your own go by what the program measures" }];
  }
  if (availability === undefined && latency === undefined) {
    return [{ field, why: "promises nothing", fix: "give availability, latency or both, or remove it" }];
  }
  if (workload.metrics === undefined) {
    const why = "nothing is known of its requests: it has no metrics";
    const port = workload.kind === "http" ? ', port: "metrics"' : "";
    return [{ field, why, fix: `say where it tells what it measures, e.g. metrics: { path: "/metrics"${port} }` }];
  }
  const bounds = workload.metrics.buckets ?? BUCKETS;
  if (latency === undefined || bounds.includes(latency.withinSeconds)) return [];
  return [
    {
      field: [...field, "latency", "withinSeconds"],
      got: latency.withinSeconds,
      why: "requests are not counted at that time",
      fix: `use one of ${bounds.join(", ")}, or say metrics.buckets where the program has others`,
    },
  ];
}

function buckets(workload: Workload): Finding[] {
  const given = "metrics" in workload ? (workload.metrics?.buckets ?? []) : [];
  const wrong = given.findIndex((bound, index) => index > 0 && bound <= (given[index - 1] ?? 0));
  if (wrong < 0) return [];
  return [
    {
      field: ["metrics", "buckets", wrong],
      got: given[wrong],
      why: "not above the one before it",
      fix: "list the bounds in ascending order, each once",
    },
  ];
}
