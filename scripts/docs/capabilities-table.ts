import { CAPABILITIES, type Capabilities, type CapabilityName } from "../../constructs/clouds/capabilities";
import { line, tableHead } from "../../constructs/portability/markdown";

/** A cloud as the tables name it. */
export interface Column {
  readonly title: string;
  readonly capabilities: Capabilities;
}

/** What every production environment has, and how on each cloud, as a table in Markdown. */
export function capabilitiesTable(clouds: readonly Column[]): string {
  const rows = (Object.keys(CAPABILITIES) as CapabilityName[]).map((name) =>
    line(CAPABILITIES[name], ...clouds.map(({ capabilities }) => cell(capabilities[name]))),
  );
  return [...tableHead("every production environment has", ...clouds.map(({ title }) => title)), ...rows].join("\n");
}

const cell = (entry: Capabilities[CapabilityName]): string =>
  "by" in entry ? entry.by : `**missing**: ${entry.missing}`;
