import { resolvePort } from "../ports";
import { oneOf } from "../problem";
import type { Workload } from "../workload";
import type { Finding, Rule } from "./rule";

/* Where a workload tells what it measures. */

export const METRIC_RULES: readonly Rule[] = [{ reads: ["metrics", "ports"], find: metrics }];

function metrics(workload: Workload): Finding[] {
  if (!("metrics" in workload) || workload.metrics === undefined) return [];
  const { port } = workload.metrics;
  const field = ["metrics", "port"];
  if (workload.kind === "php-fpm") {
    const why = "PHP-FPM is asked by way of the nginx before it, on a port of nginx's own";
    return port === undefined ? [] : [{ field, got: port, why, fix: "remove it" }];
  }
  const known = Object.entries(workload.ports ?? {})
    .map(([name, given]) => resolvePort(name, given))
    .filter(({ protocol }) => protocol === "TCP")
    .map(({ name }) => name);
  if (port !== undefined && known.includes(port)) return [];
  const why =
    port === undefined ? "missing: at the port of its requests everybody could ask" : "no TCP port of its own";
  const fix =
    known.length === 0
      ? 'give it one, e.g. ports: { metrics: 9464 } and metrics: { port: "metrics" }'
      : `use ${oneOf(known)}`;
  return [{ field, ...(port !== undefined && { got: port }), why, fix }];
}
