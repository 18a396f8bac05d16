import { block, prose, span, tagged } from "./markdown-text";
import type { RenderedReport } from "./rendered";
import { renderedLines, renderedSentence } from "./rendered-words";
import {
  COUNTED,
  type DriftReport,
  type ElementReport,
  type FieldReport,
  type Level,
  type Report,
  type Risk,
  type StackSummary,
} from "./report";
import { sourceLink } from "./source-link";
import type { Verdict } from "./verdict";

/** Marks a comment, by which it is found again to be written over. */
export const MARKER = "<!-- goldenpath report -->";

/** Most characters that GitHub takes in a comment. */
export const LONGEST = 65_535;

export interface Written {
  readonly verdict: Verdict;
  /** What is wrong with acknowledgements, a line each. */
  readonly problems: readonly string[];
  /** Address that paths of the program are put behind. @default - places are told and not linked */
  readonly source?: string;
  /** Address of the whole report. @default - nobody is sent there */
  readonly whole?: string;
  /** Most characters. @default - those of a comment on GitHub */
  readonly longest?: number;
}

/** What nobody can know who has no plan. */
export const NO_PLAN =
  "Two syntheses were compared, and this is no plan: no engine and no cloud was asked. What others changed, what a provider computes, and whether it makes something anew where that is not known here, only a plan tells.";

/** Stacks of which there is something to say. */
const differing = (stacks: readonly StackSummary[]): readonly StackSummary[] =>
  stacks.filter(({ counts, outputs: own, notes: told }) => Object.keys(counts).length + own.length + told.length > 0);

/** Writes a report as a comment: what it would mean first, each argument last and folded. Says where it was cut. */
export function markdownOf(report: Report, written: Written): string {
  const { source, longest = LONGEST } = written;
  const must = [
    MARKER,
    title(report, written),
    ...(report.of === "stacks" ? [`> [!NOTE]\n> ${NO_PLAN}`] : []),
    ...verdictLines(written),
    ...notes(report.stacks),
  ];
  const parts: Part[] = [
    ...section(
      "Risks",
      report.risks.filter(({ level }) => level !== "low").map((risk) => riskLine(risk, source)),
    ),
    ...section(
      "What changes",
      report.elements.map((element) => elementLine(element, source)),
    ),
    ...renderedParts(report.rendered),
    ...section("Changed by others since the last apply", report.drift.map(driftLine)),
    ...folded(
      "Lesser risks",
      report.risks.filter(({ level }) => level === "low").map((risk) => riskLine(risk, source)),
    ),
    ...folded(
      "Taken for true",
      report.stacks.flatMap(({ name, assumptions = [] }) => assumptions.map((one) => assumptionLine(name, one))),
    ),
    ...report.elements.filter(({ resources }) => resources.length > 0).map(fieldsOf),
  ];
  const foot = [
    ...(report.stacks.length === 0 ? [] : [table(report.of === "plans" ? report.stacks : differing(report.stacks))]),
    ...outputs(report.stacks),
    ...(report.digest === undefined ? [] : [`Digest of what is reviewed: ${span(report.digest)}`]),
  ];
  return fitted(must, parts, foot, written, longest);
}

/** A part that may be left out where there is no room, and how many things it tells. */
interface Part {
  readonly text: string;
  readonly tells: string;
}

function fitted(
  must: readonly string[],
  parts: readonly Part[],
  foot: readonly string[],
  written: Written,
  longest: number,
): string {
  const end = foot.join("\n\n");
  const room = longest - must.join("\n\n").length - end.length - 600;
  const kept: string[] = [];
  const left: string[] = [];
  let used = 0;
  for (const { text, tells } of parts) {
    if (used + text.length + 2 <= room) {
      kept.push(text);
      used += text.length + 2;
    } else left.push(tells);
  }
  const cut = left.length === 0 ? [] : [cutLine(left, written)];
  const all = [...must, ...kept, ...cut, end].filter((text) => text !== "").join("\n\n");
  // What must be told may be too long by itself: it is cut at a line then, and says so.
  if (all.length <= longest) return `${all}\n`.slice(0, longest);
  const line = `\n\n${cutLine(["the rest of this"], written)}\n`;
  const most = all.slice(0, longest - line.length);
  return `${most.slice(0, Math.max(0, most.lastIndexOf("\n")))}${line}`;
}

function cutLine(left: readonly string[], { whole }: Written): string {
  const named = left.slice(0, 3).join(", ");
  const more = left.length > 3 ? ` and ${left.length - 3} more` : "";
  const where =
    whole === undefined ? "the HTML page of this report has all of it" : `[the whole report](${whole}) has all of it`;
  return `> [!NOTE]\n> **This is cut**, as a comment has no room for more: ${named}${more} are not here; ${where}.`;
}

const LEVELS: Readonly<Record<Level, string>> = { critical: "🟥", high: "🟧", medium: "🟨", low: "⬜" };

function title({ stacks, of }: Report, { verdict }: Written): string {
  const names = (of === "plans" ? stacks : differing(stacks)).map(({ name }) => prose(name)).join(", ");
  // Whoever gave none may have had none to give: whether a stack is another than before is not known here.
  if (stacks.length === 0) return "## No stack was planned";
  const what = of === "plans" ? "Plan" : "Comparison of what is synthesized, and no plan,";
  const others = of === "plans" ? 0 : stacks.length - differing(stacks).length;
  const same = others === 0 ? "" : ` (${others === 1 ? "one other is" : `${others} others are`} the same)`;
  return `## ${what} of ${names === "" ? "stacks" : names}${same}: ${prose(verdict.says)}`;
}

function verdictLines({ verdict, problems }: Written): string[] {
  if (verdict.is !== "above") return [];
  const lines = [
    ...verdict.risks.slice(0, 10).map((risk) => `**${prose(risk.element)}** ${prose(risk.says)}`),
    ...(verdict.risks.length > 10 ? [`and ${verdict.risks.length - 10} more`] : []),
    ...problems.map((problem) => `acknowledgement ${prose(problem)}`),
  ];
  return [["> [!CAUTION]", ...lines.map((line) => `> - ${line}`)].join("\n")];
}

function notes(stacks: readonly StackSummary[]): string[] {
  const all = stacks.flatMap(({ name, notes: own }) =>
    own.filter((note) => !note.startsWith("planned by")).map((note) => `> **${prose(name)}**: ${prose(note)}`),
  );
  return all.length === 0 ? [] : [["> [!WARNING]", ...all].join("\n")];
}

function section(heading: string, lines: readonly string[]): Part[] {
  if (lines.length === 0) return [];
  return chunks(lines).map((chunk, index) => ({
    text: index === 0 ? `### ${heading}\n\n${chunk.join("\n")}` : chunk.join("\n"),
    tells: `${chunk.length} of “${heading}”`,
  }));
}

/** A long list in pieces, so that the first of them have room. */
function chunks(lines: readonly string[]): string[][] {
  const found: string[][] = [];
  for (let at = 0; at < lines.length; at += 25) found.push(lines.slice(at, at + 25));
  return found;
}

function folded(heading: string, lines: readonly string[]): Part[] {
  if (lines.length === 0) return [];
  return chunks(lines).map((chunk) => ({
    text: details(`${heading} (${chunk.length})`, chunk.join("\n")),
    tells: `${chunk.length} of “${heading}”`,
  }));
}

function details(summary: string, text: string): string {
  return `<details><summary>${summary}</summary>\n\n${text}\n\n</details>`;
}

function place(origin: string | undefined, source: string | undefined): string {
  if (origin === undefined) return "";
  const link = sourceLink(source, origin);
  return link === undefined ? ` (${span(origin)})` : ` ([${prose(origin)}](${link}))`;
}

function riskLine(
  { id, level, class: kind, element, says, because, origin, acknowledged }: Risk,
  source: string | undefined,
): string {
  const facts =
    because.length === 0
      ? []
      : [
          `by ${because.map(({ what, from }) => `${span(what)}, ${/^https:/.test(from) ? `[${prose(new URL(from).hostname)}](${from})` : prose(from)}`).join("; ")}`,
        ];
  const passes =
    acknowledged === undefined ? [] : [`**may pass until ${acknowledged.until}**: ${prose(acknowledged.reason)}`];
  const below = [...facts, ...passes, `id ${span(id)}`].map((line) => `  <br>${line}`);
  return [
    `- ${LEVELS[level]} **${prose(element)}** ${prose(says)}${place(origin, source)} — ${kind}, ${level}`,
    ...below,
  ].join("\n");
}

function elementLine({ name, kind, effects, changes, origin }: ElementReport, source: string | undefined): string {
  const what = kind === undefined ? "" : ` (${prose(kind)})`;
  const told = changes.map(
    (change) => `${prose(change.says)}${change.origin === origin ? "" : place(change.origin, source)}`,
  );
  return `- **${prose(name)}**${what}${place(origin, source)}: ${[...told, ...effects.map((effect) => `*${prose(effect)}*`)].join("; ")}`;
}

function assumptionLine(stack: string, { address, says }: { readonly address: string; readonly says: string }): string {
  return `- ${span(address)} of ${prose(stack)}: ${prose(says)}`;
}

/** Nothing, where nobody has said what else there was. */
function renderedParts(rendered: readonly RenderedReport[] | undefined): Part[] {
  if (rendered === undefined) return [];
  const lines = renderedLines(rendered);
  return [
    { text: `### Other outputs\n\n${prose(renderedSentence(rendered))}`, tells: "the sentence of “Other outputs”" },
    ...chunks(lines).map((chunk) => ({ text: chunk.join("\n"), tells: `${chunk.length} of “Other outputs”` })),
  ];
}

function driftLine({ element, says, stack }: DriftReport): string {
  return `- **${prose(element)}** of ${prose(stack)} ${prose(says)}`;
}

function fieldsOf({ name, resources }: ElementReport): Part {
  const lines = resources.map(({ address, becomes, reason, fields, leftOut }) => {
    const because = reason === undefined ? "" : `: ${prose(reason)}`;
    const more =
      leftOut === 0
        ? ""
        : `\n${leftOut} that the provider alone computes, or writes in another way, ${leftOut === 1 ? "is" : "are"} left out.`;
    const diff = fields.length === 0 ? "" : `\n${block(fields.flatMap(fieldLines), "diff")}`;
    return `${span(address)} is ${prose(becomes)}${because}${diff}${more}`;
  });
  return {
    text: details(`<b>${tagged(name)}</b>: each argument`, lines.join("\n\n")),
    tells: `arguments of ${prose(name)}`,
  };
}

function fieldLines({ path, before, after, replaces }: FieldReport): string[] {
  const mark = replaces ? "  # asks for another one" : "";
  return [
    ...(before === undefined ? [] : [`- ${path} = ${before}`]),
    ...(after === undefined ? [] : [`+ ${path} = ${after}${mark}`]),
    ...(after === undefined && replaces ? [`! ${path}${mark}`] : []),
  ];
}

function outputs(stacks: readonly StackSummary[]): string[] {
  const all = stacks.filter((stack) => stack.outputs.length > 0);
  const names = (list: readonly string[]): string =>
    `${list.slice(0, 20).map(span).join(", ")}${list.length > 20 ? ` and ${list.length - 20} more` : ""}`;
  return all.length === 0
    ? []
    : [`Outputs that change: ${all.map((stack) => `${prose(stack.name)}: ${names(stack.outputs)}`).join("; ")}`];
}

function table(stacks: readonly StackSummary[]): string {
  const used = COUNTED.filter((column) => stacks.some(({ counts }) => counts[column] !== undefined));
  if (used.length === 0) return stacks.map(({ name }) => `${prose(name)}: no resource changes`).join("\n");
  const rows = stacks.map(
    ({ name, counts }) => `| ${[prose(name), ...used.map((column) => counts[column] ?? 0)].join(" | ")} |`,
  );
  return [`| ${["stack", ...used].join(" | ")} |`, `|${" --- |".repeat(used.length + 1)}`, ...rows].join("\n");
}
