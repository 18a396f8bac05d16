import { realpathSync } from "node:fs";
import { relative, resolve } from "node:path";
import { didYouMean, InvalidInput, type Problem, refuse } from "../../constructs/model/problem";
import { check } from "../../constructs/model/schema";
import { endHalfMade } from "../../constructs/outputs/files";
import { reason as reasonForm, recordText, type TemplateRecord } from "../../constructs/templates/record";
import type { Outcome } from "../../constructs/templates/update/outcome";
import { type Command, EXIT, type Exit, type Given, Refused } from "../command";
import type { Program } from "../program";
import { broughtBack } from "../update/back";
import { changesOf } from "../update/changes";
import { type Recorded, recordsOf } from "../update/records";
import { checkCommitted, writeChanges } from "../update/write";

export const eject: Command = {
  name: "eject",
  summary: "make a file of a template the team's own, by a reason, or bring it back",
  description:
    "goldenpath update passes an ejected file over and says what it misses, and goldenpath scorecard shows it. What is\n" +
    "rendered cannot be ejected: take its output out of the file of outputs.",
  words: { name: "file", description: "path of the file", least: 1, most: 1 },
  options: {
    reason: { description: "why, as a sentence; whoever reads the repository reads it", value: "sentence" },
    back: { description: "bring it back: what it has missed is put together with what it is" },
    anyway: { description: "with --back also where changes are not committed, or no git is" },
  },
  exits: {
    done: "the record says so",
    wrong: "nothing was written",
    changes: "with --back: it is the template's, and conflicts are to be resolved",
  },
  run(given, program) {
    const [word = ""] = given.words;
    const [back, why] = [given.flags.has("back"), given.values.get("reason")];
    if (back === (why !== undefined)) throw new Refused("eject: say --reason with why, or --back");
    const root = realpathSync(process.cwd());
    endHalfMade(root);
    const { recorded, path } = recordOf(root, resolve(root, word));
    return Promise.resolve(back ? bringBack(given, recorded, path, program) : leave(recorded, path, why ?? ""));
  },
};

const problemOf = (path: string, why: string, fix: string): Problem => ({
  path: ["arguments", "file"],
  got: path,
  why,
  fix,
});

/** The record that has a file. @throws InvalidInput where none has it, or it is the team's already */
function recordOf(root: string, file: string): { readonly recorded: Recorded; readonly path: string } {
  const all = recordsOf(root);
  // Paths of a record are from its program's folder, which is not the working directory in the folder of a service.
  const from = all[0]?.root ?? root;
  const path = relative(from, file).replaceAll("\\", "/");
  if (all.length === 0) {
    refuse([problemOf(path, "no template has written anything here", "go to the folder that goldenpath new wrote")]);
  }
  const found = all.find(({ record: { files } }) => Object.values(files).flat().includes(path));
  if (found === undefined) {
    const known = all.flatMap(({ record }) => record.files.merged);
    const why = "is no file of a template";
    throw new InvalidInput([
      problemOf(path, why, `name one that ${all[0]?.file ?? ""} has as merged${didYouMean(path, known)}`),
    ]);
  }
  const { files } = found.record;
  if (files.seeded.includes(path)) refuse([problemOf(path, "is yours from the first day", "change it as you like")]);
  if (files.owned.includes(path)) {
    const fix = "say it in the model, or take its output out of the file of outputs";
    refuse([problemOf(path, "is rendered from the model each time", fix)]);
  }
  return { recorded: found, path };
}

function leave(recorded: Recorded, path: string, said: string): Exit {
  refuse(check(reasonForm, said, ["arguments", "reason"]));
  const { record, file } = recorded;
  const { version, digest } = record.ejected?.[path] ?? record;
  const ejected = { ...record.ejected, [path]: { reason: said.trim(), version, digest } };
  writeChanges(recorded, [{ file, text: recordText({ ...record, ejected }) }], new Map());
  process.stdout.write(`ejected ${path}, of ${record.template} ${version}\n`);
  return EXIT.done;
}

function bringBack(given: Given, recorded: Recorded, path: string, { home }: Program): Exit {
  const { record, file, root } = recorded;
  if (record.ejected?.[path] === undefined) refuse([problemOf(path, "is not ejected", "leave it")]);
  const { outcome, read, record: after } = broughtBack(home, recorded, path);
  const changes = [...changesOf(outcome === undefined ? [] : [outcome]), { file, text: recordText(after) }];
  if (!given.flags.has("anyway")) checkCommitted(root, changes, "eject --back");
  writeChanges(recorded, changes, read);
  process.stdout.write(`${saidOf(record, path, outcome)}\n`);
  return outcome?.is === "conflict" ? EXIT.changes : EXIT.done;
}

function saidOf({ template, version }: TemplateRecord, path: string, outcome: Outcome | undefined): string {
  const what = `${path}: of ${template} ${version} again`;
  if (outcome === undefined) return what;
  if (outcome.is === "conflict")
    return `${what}, with conflicts in line ${outcome.lines?.join(", ") ?? ""} of ${outcome.path}`;
  if (outcome.is === "removed") return `${path}: removed, as ${template} ${version} has it no more`;
  if (outcome.is === "edited") return `${path}: yours, as ${template} ${version} has it no more, and it was edited`;
  if (outcome.is === "deleted") return `${what}, and deleted here`;
  return `${what}, with what it has missed${outcome.path === path ? "" : `, as ${outcome.path}`}`;
}
