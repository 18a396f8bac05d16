import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { line, tableHead } from "../../../constructs/portability/markdown";
import tearDownCluster from "../../cluster/support/tear-down";
import { type Row, ROWS, SPEED } from "./rows";

const PAGE = join(__dirname, "..", "..", "..", "docs", "operations", "faults.md");
const [BEGIN, END] = ["<!-- measured -->", "<!-- /measured -->"] as const;

const inWords = (seconds: number): string => `${Math.floor(seconds / 60)} min ${seconds % 60} s`;

/** After all tests: what was measured, and at the true speed of the rules in the page about it too. */
export default async function tearDown(): Promise<void> {
  await tearDownCluster();
  if (!existsSync(ROWS)) return;
  const rows = readFileSync(ROWS, "utf8")
    .trimEnd()
    .split("\n")
    .map((text) => JSON.parse(text) as Row)
    .sort((a, b) => (a.fault < b.fault ? -1 : 1));
  const table = [
    ...tableHead("Fault", "Alert", "Severity", "Fires after", "The channel knows after"),
    ...rows.map(({ fault, alert, severity, firingSeconds, toldSeconds }) =>
      line(fault, `\`${alert}\``, severity, inWords(firingSeconds), inWords(toldSeconds)),
    ),
  ].join("\n");
  process.stdout.write(`${table}\n${rows.length} faults, at ${SPEED} times the speed\n`);
  if (SPEED !== 1) return;
  const page = readFileSync(PAGE, "utf8");
  const [before = "", rest = ""] = page.split(BEGIN);
  const text = `${before}${BEGIN}\n\n${table}\n\n${END}${rest.split(END)[1] ?? ""}`;
  writeFileSync(PAGE, await format(text, { ...(await resolveConfig(PAGE)), filepath: PAGE }));
}
