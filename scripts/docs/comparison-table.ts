import { ANNOTATIONS, type Counterpart, FIELDS, OPTIONS } from "../../constructs/routing/comparison";

/** The comparison for people, as a table in Markdown. */
export function comparisonTable(): string {
  const groups: Readonly<Record<string, Readonly<Record<string, Counterpart>>>> = {
    "annotation ": ANNOTATIONS,
    "`spec.`": FIELDS,
    "option ": OPTIONS,
  };
  const rows = Object.entries(groups).flatMap(([before, group]) =>
    Object.entries(group).map(([name, counterpart]) => row(before, name, counterpart)),
  );
  return ["| Ingress | Gateway API | what differs |", "| --- | --- | --- |", ...rows].join("\n");
}

function row(before: string, name: string, { at, difference = "" }: Counterpart): string {
  const left = before.endsWith("`") ? `${before.slice(0, -1)}${name}\`` : `${before}\`${name}\``;
  const right = at === undefined ? "by itself" : `${at.kind} \`${at.path.join(".")}\``;
  return `| ${left} | ${right} | ${difference} |`;
}
