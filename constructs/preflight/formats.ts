import { line } from "../releases/shell";
import { type Check, type Checklist, type Kind, KINDS, type Need, type Verdict } from "./check";
import { countOf, type Outcome, type Preflight } from "./outcome";

/** A checklist, or one with what was found. */
export type Written = Checklist | Preflight;

type Format = (written: Written) => string;
type Formats = Readonly<Record<"text" | "markdown" | "json", Format> & Record<string, Format | undefined>>;

const TITLES: Readonly<Record<Kind, string>> = {
  tools: "Programs on this machine",
  login: "Who is asked, and as whom",
  rights: "Rights of who deploys",
  services: "What of the cloud is switched on",
  quotas: "Quotas",
  offers: "What is offered there",
  names: "Names",
  imports: "What is imported",
  network: "The network that is there",
  dns: "Domains",
  secrets: "Secrets that people make",
  cluster: "What is there already",
};

const isRun = (written: Written): written is Preflight => "outcomes" in written;

/** A check as it is written, with what was found, where it was run. */
type Row = Check & Partial<Pick<Outcome, "found" | "verdict">>;

const rowsOf = (written: Written): Row[] =>
  isRun(written)
    ? written.outcomes.map(({ check, verdict, found }) => ({ ...check, verdict, found }))
    : [...written.checks];

const MARKS: Readonly<Record<Verdict, string>> = {
  passed: "passed",
  failed: "FAILED",
  unclear: "unclear",
  "not asked": "not asked",
};

/** What is written in one way for terminals, and in another for pages. */
interface Style {
  readonly title: (text: string) => string;
  readonly heading: (text: string) => string;
  readonly item: (row: Row) => string[];
  readonly plain: (text: string) => string;
}

const TEXT: Style = {
  title: (text) => text,
  heading: (text) => text,
  item: (row) => [
    `  ${headOf(row)}`,
    ...neededBy(row.needs).map((need) => `      ${need}`),
    ...row.ask.map((words) => `      $ ${line(words)}`),
    ...belowOf(row).map((text) => `      ${text}`),
  ],
  plain: (text) => `  ${text}`,
};

const MARKDOWN: Style = {
  title: (text) => `## ${marked(text)}`,
  heading: (text) => `### ${text}\n`,
  item: (row) => [
    `- ${boxOf(row)} ${marked(headOf(row))}`,
    ...neededBy(row.needs).map((need) => `  - ${marked(need)}`),
    ...(row.ask.length === 0 ? [] : ["", "  ```sh", ...row.ask.map((words) => `  ${line(words)}`), "  ```", ""]),
    ...belowOf(row).map((text) => `  - ${marked(text)}`),
  ],
  plain: (text) => `- ${marked(text)}`,
};

/** How a checklist is written, by the name of the format. */
export const FORMATS: Formats = {
  text: (written) => lines(written, TEXT),
  markdown: (written) => lines(written, MARKDOWN),
  json: (written) => `${JSON.stringify(dataOf(written), null, 2)}\n`,
};

/** What Markdown would take for its own: names in the cloud have underscores, and patterns have stars. */
function marked(text: string): string {
  return text.replaceAll(/[\\`*_<>[\]|]/g, "\\$&");
}

function boxOf({ verdict }: Row): string {
  return verdict === "passed" ? "[x]" : "[ ]";
}

function headOf({ id, holds, verdict, found }: Row): string {
  return verdict === undefined
    ? `${id}: ${holds}`
    : `${MARKS[verdict]}  ${id}: ${holds}${found === undefined || found === "" ? "" : `: ${found}`}`;
}

/** What passed needs no advice. */
function belowOf({ verdict, passes, otherwise, ask, source }: Row): string[] {
  if (verdict === "passed") return [];
  return [
    ...(ask.length === 0 ? [] : [`passes where ${passes}`]),
    `otherwise: ${otherwise.say}`,
    ...otherwise.run.map((command) => `  ${command}`),
    source,
  ];
}

const SHOWN = 3;

/** The first of many, and how many more there are: JSON has them all. */
function neededBy(needs: readonly Need[]): string[] {
  const said = [...new Set(needs.map(({ what, of, at }) => `for ${of}: ${what}${at === undefined ? "" : ` (${at})`}`))];
  return said.length <= SHOWN + 1 ? said : [...said.slice(0, SHOWN), `and ${said.length - SHOWN} more`];
}

function lines(written: Written, style: Style): string {
  const rows = rowsOf(written);
  const parts = [
    ...KINDS.map((kind) => part(style, TITLES[kind], rows.filter((row) => row.kind === kind).flatMap(style.item))),
    part(style, "Asked by none of these", written.unasked.map(style.plain)),
  ].filter((one) => one !== undefined);
  return `${[style.title(titleOf(written)), ...parts].join("\n\n")}\n`;
}

/** A part with nothing in it is not written: what an environment has not is not named. */
function part(style: Style, heading: string, body: readonly string[]): string | undefined {
  return body.length === 0 ? undefined : [style.heading(heading), ...body].join("\n").trimEnd();
}

const VERDICTS: readonly Verdict[] = ["passed", "failed", "unclear", "not asked"];

export function titleOf(written: Written): string {
  const { environment } = written;
  if (!isRun(written))
    return `${environment}: ${written.checks.length} checks before the first deploy; nobody has been asked`;
  return `${environment}: ${VERDICTS.map((verdict) => `${countOf(written, verdict)} ${verdict}`).join(", ")}`;
}

/** The same for programs: all of it but the judges, which are no data. */
function dataOf(written: Written): object {
  const checks = rowsOf(written).map(
    ({ id, kind, holds, needs, ask, passes, otherwise, source, after, verdict, found }) => ({
      ...{ id, kind, holds, needs, ask, commands: ask.map(line), passes, otherwise, source, after },
      ...(verdict !== undefined && { verdict, found: found ?? "" }),
    }),
  );
  return { environment: written.environment, run: isRun(written), checks, unasked: written.unasked };
}
