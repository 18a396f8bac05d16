import { capabilities as aws } from "../../constructs/clouds/aws/capabilities";
import { CAPABILITIES, type Capabilities, type CapabilityName } from "../../constructs/clouds/capabilities";

/** A column each. */
const CLOUDS: Readonly<Record<string, Capabilities>> = { AWS: aws };

/** What every production environment has, and how on each cloud, as a table in Markdown. */
export function capabilitiesTable(): string {
  const columns = Object.values(CLOUDS);
  const rows = (Object.keys(CAPABILITIES) as CapabilityName[]).map((name) => {
    const cells = columns.map((column) =>
      "by" in column[name] ? column[name].by : `**missing**: ${column[name].missing}`,
    );
    return line(CAPABILITIES[name], ...cells);
  });
  return [
    line("every production environment has", ...Object.keys(CLOUDS)),
    line("---", ...columns.map(() => "---")),
    ...rows,
  ].join("\n");
}

const line = (...cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
