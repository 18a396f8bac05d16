import type { Source } from "../../../constructs/observability/metrics/source";

/** Families of a source that a text of Prometheus' format has otherwise, or not at all: with what is otherwise. */
export function missing({ families }: Source, text: string): string[] {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return Object.entries(families).flatMap(([name, { type, labels }]): string[] => {
    const sample = type === "histogram" ? `${name}_bucket` : name;
    const series = lines.filter((line) => line.startsWith(`${sample}{`) || line.startsWith(`${sample} `));
    const [first] = series;
    if (first === undefined) return [`${name} is not there`];
    const given = [...first.matchAll(/[{,](\w+)="/g)].map(([, label]) => label ?? "").filter((label) => label !== "le");
    return labels.filter((label) => !given.includes(label)).map((label) => `${name} has no label ${label}`);
  });
}
