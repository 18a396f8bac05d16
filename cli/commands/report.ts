import { acknowledge, readAcknowledgements, WrongAcknowledgements } from "../../constructs/report/acknowledgements";
import { makeReport } from "../../constructs/report/make-report";
import { type Model, modelOf } from "../../constructs/report/models";
import { type Command, Refused } from "../command";
import { lastModel, PLANS, read, readModel, readPlans, told } from "../plans";
import { addressesIn, printReport, renderedIn, REPORT_OPTIONS } from "../reports";
import { dayAsked } from "../today";

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
    acknowledged: { description: "JSON file of risks that may pass, each until a day", value: "file" },
    ...REPORT_OPTIONS,
  },
  exits: {
    done: "nothing changes, or nothing above what is allowed",
    wrong: "a risk is above what is allowed and nobody answers for it, or an acknowledgement does not hold",
    changes: "with --detailed-exitcode: something changes, and nothing is above what is allowed",
  },
  run(given, { outdir }) {
    const { words, values } = given;
    const plans = readPlans(words);
    const head = values.get("head") ?? lastModel(outdir);
    const models = { ...side("base", values.get("base")), ...side("head", head) };
    // What is wrong with the command line is said before anything is made.
    addressesIn(given);
    const rendered = renderedIn(given);
    if (words.length === 0 && rendered === undefined)
      throw new Refused("plan: give at least one, or what is rendered by --base-outputs and --head-outputs");
    const acknowledgements = acknowledged(values.get("acknowledged"));
    const day = dayAsked(undefined, process.env);
    const found = told(words.join(", "), () =>
      makeReport({ plans, models, ...(rendered !== undefined && { rendered }) }),
    );
    const made = acknowledge(found, acknowledgements, day);
    return Promise.resolve(printReport(made.report, given, made.problems));
  },
};

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
