import { CATALOGUE } from "../../constructs/observability/metrics/catalogue";
import type { Family, Source } from "../../constructs/observability/metrics/source";
import { expression } from "./promql";

/* A closed world: what is measured, and what is wrong with an expression in it. */

export interface Measured {
  readonly source: Source;
  readonly family: Family;
}

/** Who measures a metric: a histogram has three. */
export function measured(metric: string): Measured | undefined {
  for (const source of CATALOGUE) {
    const family = source.families[metric];
    if (family !== undefined && family.type !== "histogram") return { source, family };
    const [, name = "", part] = /^(.*)_(bucket|sum|count)$/.exec(metric) ?? [];
    const histogram = source.families[name];
    if (histogram?.type === "histogram") {
      return { source, family: part === "bucket" ? { ...histogram, labels: [...histogram.labels, "le"] } : histogram };
    }
  }
  return undefined;
}

export const labelsOf = ({ source, family }: Measured): string[] => [...source.targetLabels, ...family.labels];

/** What is wrong with an expression, in words. */
export function problems(text: string): string[] {
  const { errors, selectors, grouping, made } = expression(text);
  const known = new Set(made);
  const found = selectors.flatMap(({ metric, labels }): string[] => {
    const one = measured(metric);
    if (one === undefined) return [`nobody measures ${metric}`];
    const its = labelsOf(one);
    for (const label of its) known.add(label);
    return labels.filter((label) => !its.includes(label)).map((label) => `${metric} has no label ${label}`);
  });
  return [
    ...errors.map((error) => `no PromQL: ${error}`),
    ...(selectors.length === 0 ? ["asks for nothing"] : []),
    ...found,
    ...grouping.filter((label) => !known.has(label)).map((label) => `nothing has the label ${label}`),
  ];
}
