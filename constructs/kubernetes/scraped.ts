import { FPM_METRICS_PORT, fpmMetricsPort } from "../model/metrics";
import { portsOf } from "../model/ports";
import { type ResolvedWorkload, runsToItsEnd } from "../model/resolved";
import { FPM_METRICS_PATH } from "./nginx-parts";

/** Where a pod of a workload tells what it measures. */
export interface Endpoint {
  /** Name of the port, and its number. */
  readonly port: string;
  readonly number: number;
  readonly path: string;
}

/** All of a workload: of its program where it says so, and of PHP-FPM's pool. Nothing of what ends before it is asked twice. */
export function endpointsOf(workload: ResolvedWorkload): Endpoint[] {
  if (runsToItsEnd(workload)) return [];
  if (workload.kind === "php-fpm") {
    const at = { port: FPM_METRICS_PORT, number: fpmMetricsPort(workload) };
    return [
      { ...at, path: FPM_METRICS_PATH },
      ...(workload.metrics === undefined ? [] : [{ ...at, path: workload.metrics.path }]),
    ];
  }
  const { metrics } = workload;
  const named = portsOf(workload).find(({ name }) => name === metrics?.port);
  return metrics === undefined || named === undefined
    ? []
    : [{ port: named.name, number: named.port, path: metrics.path }];
}
