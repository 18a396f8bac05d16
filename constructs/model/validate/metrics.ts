import { type MetricsApi, metricsApiOf, type ScalingMetric } from "../autoscaling";
import type { EnvironmentInput } from "../environment";
import { isPlain } from "../plain";
import type { Path } from "../problem";
import type { Workload } from "../workload";
import type { Report } from "./report";

/** Measures that nothing in the cluster serves: an autoscaler that goes by one of them would scale by nothing, in silence. */
export function checkMetrics(
  report: Report,
  paths: { readonly environment: Path; readonly base: Path; readonly override: Path },
  input: EnvironmentInput,
  workload: Workload,
): void {
  const sound = [
    [...paths.base, "autoscaling"],
    [...paths.override, "autoscaling"],
    [...paths.environment, "metricsApis"],
  ];
  if (!("autoscaling" in workload) || !sound.every((path) => report.sound(path))) return;
  const metrics: unknown = workload.autoscaling?.metrics;
  const served: readonly MetricsApi[] = input.metricsApis ?? [];
  for (const [name, metric] of Object.entries(isPlain(metrics) ? metrics : {})) {
    const api = metricsApiOf(metric as ScalingMetric);
    if (served.includes(api)) continue;
    report.add({
      path: [...paths.override, "autoscaling", "metrics", name],
      why: `nothing here serves ${api}.metrics.k8s.io, and it would never scale by it`,
      fix: `say metricsApis: ["${api}"] of the environment once an adapter is in its cluster, or say autoscaling without it here`,
    });
  }
}
