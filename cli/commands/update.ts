import { realpathSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { type Problem, refuse } from "../../constructs/model/problem";
import { endHalfMade, isHalfMade } from "../../constructs/outputs/files";
import type { Outcome } from "../../constructs/templates/update/outcome";
import { type Command, EXIT, type Exit, type Given, JSON_OPTION, Refused } from "../command";
import { CHOSEN } from "../new/choices";
import type { Program } from "../program";
import { changesOf } from "../update/changes";
import { markedIn } from "../update/marks";
import { checkInstalled } from "../update/package";
import { prepare, type Prepared } from "../update/prepare";
import { type Recorded, recordIn } from "../update/records";
import { type Report, reportJson, reportText } from "../update/report";
import { newestOf } from "../update/versions";
import { checkCommitted, writeChanges } from "../update/write";

/** Marks of a conflict are resolved before anything else is put together with that text. */
const openConflicts = (recorded: Recorded): Problem[] =>
  markedIn(recorded).map(({ file, lines }) => ({
    path: [file],
    why: `has marks of a conflict in line ${lines.join(", ")}`,
    fix: "resolve it, and commit that",
  }));

export const update: Command = {
  name: "update",
  summary: "bring a service that a template wrote to the template's newest version",
  description:
    "Of each file of the template three texts are put together: what it wrote, what it has now, and what is here.\n" +
    "Two edits of one place are a conflict, with marks. Your own files stay as they are, and what is rendered is\n" +
    "for goldenpath render. All of it is written, or nothing.",
  words: {
    name: "folder",
    description: "of a service in a program, such as services/billing; the working directory if left out",
    least: 0,
    most: 1,
  },
  options: {
    check: { description: "write nothing, and exit with 1 where there is a newer version or a conflict" },
    to: { description: "that version in place of the newest", value: "version" },
    ...CHOSEN,
    anyway: { description: "also where changes are not committed, or no git is: what is written over is nowhere else" },
    json: JSON_OPTION,
  },
  exits: {
    done: "it is of that version",
    wrong: "nothing was written; with --check, there is a newer version or a conflict",
    changes: "it is of that version, and conflicts are to be resolved",
  },
  run(given, program) {
    const recorded = wholeRecordIn(resolve(given.words[0] ?? "."), given.flags.has("check"));
    const to = versionOf(given, program, recorded);
    checkInstalled(recorded.root, program.manifest.version);
    refuse(openConflicts(recorded));
    const said = Object.fromEntries([...given.values].filter(([option]) => Object.hasOwn(CHOSEN, option)));
    const prepared = prepare(program.home, recorded, to, said);
    return Promise.resolve(ended(given, recorded, prepared));
  },
};

/** The record of a folder, once an update is ended that was killed half-way: until then files and record are of two versions. */
function wholeRecordIn(folder: string, isCheck: boolean): Recorded {
  const recorded = recordIn(folder);
  const { root } = recorded;
  if (!isHalfMade(root)) return recorded;
  if (isCheck) {
    const why = "has changes that are half made, by a program that was killed or is at it";
    refuse([{ path: ["folder"], got: root, why, fix: "goldenpath update without --check ends it" }]);
  }
  endHalfMade(root);
  return recordIn(folder);
}

function versionOf({ values }: Given, { home }: Program, recorded: Recorded): number {
  const newest = newestOf(home, recorded);
  const { version } = recorded.record;
  const asked = values.get("to");
  if (asked === undefined) return Math.max(newest, version);
  const to = /^[1-9]\d{0,5}$/.test(asked) ? Number(asked) : 0;
  if (to >= version && to <= newest) return to;
  const fix = version >= newest ? `leave it out: there is none after ${version}` : `use ${version + 1} to ${newest}`;
  throw new Refused(`--to: got ${JSON.stringify(asked)}; ${fix}`);
}

function ended(given: Given, recorded: Recorded, prepared: Prepared): Exit {
  const { root, file, record } = recorded;
  const { from, to, outcomes, text } = prepared;
  const isCheck = given.flags.has("check");
  const isNothing = from === to && changesOf(outcomes).length === 0;
  const conflicts = outcomes.filter(({ is }) => is === "conflict");
  if (!isNothing && !isCheck) {
    const changes = [...changesOf(outcomes), { file, text }];
    if (!given.flags.has("anyway")) checkCommitted(root, changes, "update");
    writeChanges(recorded, changes, prepared.read);
  }
  const report: Report = {
    ...{ name: record.inputs["name"] ?? "", template: record.template, from, to, chosen: prepared.chosen },
    ...{ outcomes: isNothing ? [] : outcomes, isWritten: !isNothing && !isCheck },
    next: isNothing ? [] : isCheck ? ["npx goldenpath update"] : nextOf(recorded, outcomes),
  };
  const here = relative(realpathSync(process.cwd()), root);
  if (given.flags.has("json")) process.stdout.write(reportJson(report));
  else if (isNothing) process.stdout.write(`${report.name}: ${report.template} ${to}, nothing to do\n`);
  else process.stdout.write(reportText(report, (path) => join(here, path)));
  if (isNothing) return EXIT.done;
  if (isCheck) return EXIT.wrong;
  return conflicts.length > 0 ? EXIT.changes : EXIT.done;
}

/** Lock files: what npm and Composer put together better than lines. */
const LOCKS: Readonly<Record<string, string>> = {
  "package-lock.json": "npm install",
  "composer.lock": "composer update --lock",
};

function nextOf({ record }: Recorded, outcomes: readonly Outcome[]): readonly string[] {
  const conflicts = outcomes.flatMap(({ is, path }) => (is === "conflict" ? [path] : []));
  const locks = conflicts.flatMap((path) => {
    const name = path.split("/").at(-1) ?? "";
    const command = LOCKS[name];
    return command === undefined ? [] : [`${path}: take either side, then ${command} in its folder`];
  });
  const rendered = record.files.owned.length > 0 || record.into !== undefined;
  return [
    ...(conflicts.length > 0 ? ["resolve the conflicts: goldenpath render --check refuses what has marks"] : []),
    ...locks,
    "npm install",
    "npm test",
    ...(rendered ? ["npx goldenpath render"] : []),
    "look at the difference, and commit it",
  ];
}
