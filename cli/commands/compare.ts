import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Model, modelOf } from "../../constructs/report/models";
import { readStack, type WrittenStack } from "../../constructs/report/stacks/read-stack";
import { compareStacks } from "../../constructs/report/stacks/report-stacks";
import { type Command, Refused } from "../command";
import { read, readModel, told } from "../plans";
import { addressesIn, printReport, renderedIn, REPORT_OPTIONS } from "../reports";

export const compare: Command = {
  name: "compare",
  summary: "tell how the stacks of two syntheses differ, where no plan is to be had",
  description:
    "Reads what two syntheses wrote, and asks no engine and no cloud: for a fork, or before a first deploy. Prints the report\n" +
    "of a plan, which says that it is a comparison. What only a plan can tell is judged as the worst that it can be.",
  words: {
    name: "folder",
    usage: "<before> <after>",
    description: "cdktf.out of the synthesis before the change, and that of the one after it",
    least: 2,
    most: 2,
  },
  options: REPORT_OPTIONS,
  exits: {
    done: "nothing differs, or nothing above what is allowed",
    wrong: "a risk is above what is allowed",
    changes: "with --detailed-exitcode: something differs, and nothing is above what is allowed",
  },
  run(given) {
    const [base = "", head = ""] = given.words;
    addressesIn(given);
    const rendered = renderedIn(given);
    refuseLeftOver([base, head]);
    const sides = { base: stacksIn(base), head: stacksIn(head) };
    const models = { ...modelIn("base", base), ...modelIn("head", head) };
    const report = told(given.words.join(", "), () =>
      compareStacks({ ...sides, models, ...(rendered !== undefined && { rendered }) }),
    );
    return Promise.resolve(printReport(report, given, []));
  },
};

const namesIn = (folder: string): string[] =>
  foldersIn(join(folder, "stacks")).filter((name) => existsSync(join(folder, "stacks", name, "cdk.tf.json")));

/**
 * Refuses folders with stacks that their last synthesis has not written, as one of some environments leaves those of others: the model beside them
 * knows nothing of these, and everything in them would count as taken out, or as asked for by nobody.
 */
function refuseLeftOver(folders: readonly string[]): void {
  const told = [...new Set(folders)].flatMap((folder) => {
    const written = lastWritten(folder);
    const old = written === undefined ? [] : namesIn(folder).filter((name) => !written.has(name));
    return old.length === 0
      ? []
      : [
          `${folder}: has ${old.join(", ")} of a synthesis before the last one; remove the folder, and synthesize the same environments on both sides`,
        ];
  });
  if (told.length > 0) throw new Refused(told.join("\n"));
}

/** Names of the stacks of the last synthesis; `undefined` where nothing says so. */
function lastWritten(folder: string): ReadonlySet<string> | undefined {
  try {
    const { stacks } = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as { stacks?: object };
    return stacks === undefined ? undefined : new Set(Object.keys(stacks));
  } catch {
    return undefined;
  }
}

/** Stacks of a synthesis by their names. */
function stacksIn(folder: string): Readonly<Record<string, WrittenStack>> {
  const stacks = join(folder, "stacks");
  const names = namesIn(folder);
  if (names.length === 0)
    throw new Refused(`${folder}: has no stack; give the cdktf.out of a synthesis, with stacks/<name>/cdk.tf.json`);
  return Object.fromEntries(names.map((name) => [name, read(join(stacks, name, "cdk.tf.json"), readStack)]));
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? [one.name] : []));
  } catch {
    return [];
  }
}

/** The model beside the stacks, if it is there. */
function modelIn(side: "base" | "head", folder: string): Partial<Record<typeof side, Model>> {
  const file = join(folder, "model.json");
  return existsSync(file) ? { [side]: modelOf(readModel(file)) } : {};
}
