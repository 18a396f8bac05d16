import { markdownOf } from "../constructs/report/markdown";
import { reportPage } from "../constructs/report/page";
import { readRecord, type RenderedSides } from "../constructs/report/rendered";
import { type Level, LEVELS, type Report } from "../constructs/report/report";
import { verdictOf } from "../constructs/report/verdict";
import { EXIT, type Exit, type Given, JSON_OPTION, type Option, Refused } from "./command";
import { toJson } from "./format";
import { read, write } from "./plans";

/* What commands that print a report have in common. */

export const REPORT_OPTIONS: Readonly<Record<string, Option>> = {
  "base-outputs": { description: "what else was rendered before, by `render --record`", value: "file" },
  "head-outputs": { description: "what else is rendered after; nothing is told of it without both", value: "file" },
  allow: {
    description: "highest level of a risk that passes by itself; medium if left out",
    value: "level",
    choices: LEVELS,
  },
  source: { description: "address that paths of the program are put behind, for links", value: "address" },
  whole: { description: "address of the whole report, for a comment that was cut", value: "address" },
  html: { description: "write the whole report as a page", value: "file" },
  markdown: { description: "write the Markdown into a file, and print a line", value: "file" },
  "detailed-exitcode": { description: "exit with 3 where something changes and may pass" },
  json: JSON_OPTION,
};

/** What each side renders beside its stacks, where both are given. */
export function renderedIn({ values }: Given): RenderedSides | undefined {
  const [base, head] = ["base-outputs", "head-outputs"].map((option) => values.get(option));
  if (base === undefined && head === undefined) return undefined;
  if (base === undefined || head === undefined) throw new Refused("--base-outputs and --head-outputs: give both");
  return { base: read(base, readRecord), head: read(head, readRecord) };
}

/** Addresses that are given, each one of the web. */
export function addressesIn({ values }: Given): { readonly source?: string; readonly whole?: string } {
  const [source, whole] = ["source", "whole"].map((option) => addressIn(option, values.get(option)));
  return { ...(source !== undefined && { source }), ...(whole !== undefined && { whole }) };
}

/**
 * Prints and writes a report as the options say.
 *
 * @param problems what is wrong with acknowledgements, a line each
 */
export function printReport(report: Report, given: Given, problems: readonly string[]): Exit {
  const { flags, values } = given;
  const allowed = (values.get("allow") ?? "medium") as Level;
  const verdict = verdictOf(report, allowed, problems);
  const written = { verdict, problems, ...addressesIn(given) };
  const markdown = markdownOf(report, written);
  const [page, file] = [values.get("html"), values.get("markdown")];
  if (page !== undefined) write(page, reportPage(report, written));
  if (file !== undefined) write(file, markdown);
  const answer = { verdict: verdict.is, allowed, acknowledgements: problems, ...report };
  const line = `${verdict.says}\n`;
  process.stdout.write(flags.has("json") ? toJson(answer) : file === undefined ? markdown : line);
  if (verdict.is === "above") return EXIT.wrong;
  return verdict.is === "changes" && flags.has("detailed-exitcode") ? EXIT.changes : EXIT.done;
}

/** An address of the web, in which nothing ends a link of Markdown. */
function addressIn(option: string, text: string | undefined): string | undefined {
  if (text === undefined || /^https:\/\/[^\s()<>[\]\\`"']+$/.test(text)) return text;
  throw new Refused(
    `--${option}: got ${JSON.stringify(text)}; give an address that begins with https://, without spaces or brackets`,
  );
}
