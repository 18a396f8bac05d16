import { acknowledge, readAcknowledgements, WrongAcknowledgements } from "../../constructs/report/acknowledgements";
import { makeReport } from "../../constructs/report/make-report";
import { markdownOf } from "../../constructs/report/markdown";
import { type Model, modelOf } from "../../constructs/report/models";
import { reportPage } from "../../constructs/report/page";
import { readRecord, type RenderedSides } from "../../constructs/report/rendered";
import { type Level, LEVELS } from "../../constructs/report/report";
import { verdictOf } from "../../constructs/report/verdict";
import { type Command, EXIT, JSON_OPTION, Refused } from "../command";
import { toJson } from "../format";
import { lastModel, PLANS, read, readModel, readPlans, told, write } from "../plans";
import { today } from "../today";

export const report: Command = {
  name: "report",
  summary: "tell what a plan would do to your services, and what it would risk",
  description:
    "Reads what `terraform show -json` or `tofu show -json` prints, and model.json before the change and after it. Prints\n" +
    "Markdown that fits a comment. Nothing sensitive is in it.",
  words: { ...PLANS, least: 0 },
  options: {
    base: { description: "model.json before the change; nothing is compared if left out", value: "file" },
    head: { description: "model.json after the change; that of the last synthesis if left out", value: "file" },
    "base-outputs": { description: "what else was rendered before, by `render --record`", value: "file" },
    "head-outputs": { description: "what else is rendered after; nothing is told of it without both", value: "file" },
    allow: {
      description: "highest level of a risk that passes by itself; medium if left out",
      value: "level",
      choices: LEVELS,
    },
    acknowledged: { description: "JSON file of risks that may pass, each until a day", value: "file" },
    source: { description: "address that paths of the program are put behind, for links", value: "address" },
    whole: { description: "address of the whole report, for a comment that was cut", value: "address" },
    html: { description: "write the whole report as a page", value: "file" },
    markdown: { description: "write the Markdown into a file, and print a line", value: "file" },
    "detailed-exitcode": { description: "exit with 3 where something changes and may pass" },
    json: JSON_OPTION,
  },
  exits: {
    done: "nothing changes, or nothing above what is allowed",
    wrong: "a risk is above what is allowed and nobody answers for it, or an acknowledgement does not hold",
    changes: "with --detailed-exitcode: something changes, and nothing is above what is allowed",
  },
  run({ words, flags, values }, { outdir }) {
    const plans = readPlans(words);
    const head = values.get("head") ?? lastModel(outdir);
    const models = { ...side("base", values.get("base")), ...side("head", head) };
    const [source, whole] = ["source", "whole"].map((option) => addressIn(option, values.get(option)));
    const rendered = renderedIn(values);
    if (words.length === 0 && rendered === undefined)
      throw new Refused("plan: give at least one, or what is rendered by --base-outputs and --head-outputs");
    const acknowledgements = acknowledged(values.get("acknowledged"));
    const day = today(process.env);
    if (day === undefined) throw new Refused("SOURCE_DATE_EPOCH: is no day; give seconds since 1970");
    const found = told(words.join(", "), () => makeReport({ plans, models, ...(rendered !== undefined && { rendered }) }));
    const made = acknowledge(found, acknowledgements, day);
    const allowed = (values.get("allow") ?? "medium") as Level;
    const verdict = verdictOf(made.report, allowed, made.problems);
    const written = {
      verdict,
      problems: made.problems,
      ...(source !== undefined && { source }),
      ...(whole !== undefined && { whole }),
    };
    const markdown = markdownOf(made.report, written);
    const page = values.get("html");
    const file = values.get("markdown");
    if (page !== undefined) write(page, reportPage(made.report, written));
    if (file !== undefined) write(file, markdown);
    const answer = { verdict: verdict.is, allowed, acknowledgements: made.problems, ...made.report };
    const line = `${verdict.says}\n`;
    process.stdout.write(flags.has("json") ? toJson(answer) : file === undefined ? markdown : line);
    if (verdict.is === "above") return Promise.resolve(EXIT.wrong);
    return Promise.resolve(verdict.is === "changes" && flags.has("detailed-exitcode") ? EXIT.changes : EXIT.done);
  },
};

function renderedIn(values: ReadonlyMap<string, string>): RenderedSides | undefined {
  const [base, head] = ["base-outputs", "head-outputs"].map((option) => values.get(option));
  if (base === undefined && head === undefined) return undefined;
  if (base === undefined || head === undefined) throw new Refused("--base-outputs and --head-outputs: give both");
  return { base: read(base, readRecord), head: read(head, readRecord) };
}

function side(name: "base" | "head", file: string | undefined): Partial<Record<typeof name, Model>> {
  return file === undefined ? {} : { [name]: modelOf(readModel(file)) };
}

function acknowledged(file: string | undefined) {
  if (file === undefined) return [];
  return read(file, (text) => {
    try {
      return readAcknowledgements(text);
    } catch (error) {
      if (!(error instanceof WrongAcknowledgements)) throw error;
      throw new Refused(error.problems.map((problem) => `${file}: ${problem}`).join("\n"));
    }
  });
}

/** An address of the web, in which nothing ends a link of Markdown. */
function addressIn(option: string, text: string | undefined): string | undefined {
  if (text === undefined || /^https:\/\/[^\s()<>[\]\\`"']+$/.test(text)) return text;
  throw new Refused(
    `--${option}: got ${JSON.stringify(text)}; give an address that begins with https://, without spaces or brackets`,
  );
}
