import { type GuaranteeName, GUARANTEES, type Guarantees } from "../../constructs/clouds/guarantees";
import { line, tableHead } from "../../constructs/portability/markdown";

/** A cloud as the tables name it. */
export interface Column {
  readonly title: string;
  readonly guarantees: Guarantees;
}

const cell = (entry: Guarantees[GuaranteeName]): string => ("by" in entry ? entry.by : `**missing**: ${entry.missing}`);

/** What every production environment has, and how on each cloud, as a table in Markdown. */
export function guaranteesTable(clouds: readonly Column[]): string {
  const rows = (Object.keys(GUARANTEES) as GuaranteeName[]).map((name) =>
    line(GUARANTEES[name], ...clouds.map(({ guarantees }) => cell(guarantees[name]))),
  );
  return [...tableHead("every production environment has", ...clouds.map(({ title }) => title)), ...rows].join("\n");
}
