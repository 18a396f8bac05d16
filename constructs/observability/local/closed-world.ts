import { OBJECTIVES, PROMETHEUS } from "../metrics/catalogue";
import type { Source } from "../metrics/source";

/* What can be asked for where only some of the sources are: by the catalogue, so that nothing is listed twice. */

/** Metrics that an expression names. Every one is written with braces after it; texts between quotes are none. */
export const metricsIn = (expr: string): string[] => [
  ...new Set(
    [...expr.replace(/"(?:[^"\\]|\\.)*"/g, '""').matchAll(/([A-Za-z_:][\w:]*)\{/g)].map(([, name = ""]) => name),
  ),
];

/** Names under which the families of a source are asked for: a histogram has three. */
const namesOf = ({ families }: Source): string[] =>
  Object.entries(families).flatMap(([name, { type }]) =>
    type === "histogram" ? ["bucket", "count", "sum"].map((part) => `${name}_${part}`) : [name],
  );

/** Metrics of an expression that none of the sources measures. Prometheus itself tells which targets answer, and keeps what rules record. */
export function unknownIn(expr: string, sources: readonly Source[]): string[] {
  const known = new Set([PROMETHEUS, OBJECTIVES, ...sources].flatMap(namesOf));
  return metricsIn(expr).filter((metric) => !known.has(metric));
}
