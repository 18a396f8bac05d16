import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { didYouMean, InvalidInput, oneOf, refuse } from "../../constructs/model/problem";
import { type Inputs, inputsOf, ownerProblems } from "../../constructs/templates/inputs";
import { RECORD, recordOf } from "../../constructs/templates/record";
import { type Rendered, renderTemplate } from "../../constructs/templates/render";
import { type Command, EXIT, type Exit, type Given, JSON_OPTION, Refused } from "../command";
import { lastVersion, type Template, templatesOf } from "../new/archives";
import { backstageFiles } from "../new/backstage";
import { CHOSEN } from "../new/choices";
import { inTheWay, writeAll, type Written } from "../new/folder";
import { additions, filesInto, programIn } from "../new/into";
import { itselfProblems } from "../new/itself";
import { print } from "../new/report";
import type { Program } from "../program";

const OF_SERVICES = ["template", "into", ...Object.keys(CHOSEN)];

/** How npm finds this package in what is made. */
const specifierOf = ({ values }: Given, { manifest }: Program): string =>
  values.get("package") ?? `^${manifest.version}`;

export const newThing: Command = {
  name: "new",
  summary: "write a new service from a template: a repository, or code into a program",
  description:
    "Writes a folder of its name with code, tests, image, model, and what is rendered of it. With --into the code and\n" +
    "the model alone, as new files of a program; what goes into files that exist is printed. All files, or none.\n" +
    "new backstage <folder> writes every template for Backstage's scaffolder.",
  words: {
    name: "name",
    usage: "service <name> | backstage <folder>",
    description: "lower-case letters, digits and hyphens; the folder is called so",
    least: 2,
    most: 2,
  },
  options: {
    template: { description: "what it is: node-api, …; every one is named where it is left out", value: "template" },
    owner: { description: "team that answers for it; its name if left out", value: "team" },
    ...CHOSEN,
    into: { description: "folder of a program that exists", value: "folder" },
    package: { description: "how npm finds goldenpath: a version, or file:<tarball>", value: "specifier" },
    json: JSON_OPTION,
  },
  exits: { done: "the files are written", wrong: "something is in the way, and nothing was written" },
  run(given, program) {
    const [what, name = ""] = given.words;
    if (what === "backstage") return Promise.resolve(writeBackstage(given, name, program));
    if (what !== "service") throw new Refused(`new: got ${JSON.stringify(what)}; use "service" or "backstage"`);
    const template = templateOf(given, program);
    const inputs = inputsOf(template.archive, {
      name,
      ...(given.values.has("owner") && { owner: given.values.get("owner") }),
      package: specifierOf(given, program),
      choices: Object.fromEntries([...given.values].filter(([option]) => Object.hasOwn(CHOSEN, option))),
    });
    const into = given.values.get("into");
    const { archive, digest } = template;
    const exit =
      into === undefined
        ? writeNew(given, name, renderTemplate(archive, digest, inputs))
        : writeInto(given, into, template, inputs);
    return Promise.resolve(exit);
  },
};

function writeBackstage(given: Given, folder: string, program: Program): Exit {
  const odd = OF_SERVICES.find((option) => given.values.has(option));
  if (odd !== undefined) throw new Refused(`--${odd}: is of new service; leave it out`);
  const { owner, package: specifier } = ownerOf(given, program);
  const files = backstageFiles(program.home, { owner, package: specifier });
  const root = resolve(folder);
  if (refused(root, folder, files)) return EXIT.wrong;
  writeAll(root, files);
  const templates = files.filter(({ path }) => path.endsWith("/template.yaml"));
  const next = [`register ${join(folder, "location.yaml")} as a location of the catalog`];
  const shown = [files[0] ?? { path: "location.yaml" }, ...templates];
  print(given, {
    folder: root,
    shown: folder,
    files: given.flags.has("json") ? files : shown,
    kept: [],
    later: [],
    next,
    add: [],
  });
  return EXIT.done;
}

/** Says who answers for Backstage's templates themselves. */
function ownerOf(given: Given, program: Program): { owner: string; package: string } {
  const owner = given.values.get("owner");
  if (owner === undefined) throw new Refused("--owner: is missing; say which team answers for the templates");
  const specifier = specifierOf(given, program);
  refuse(ownerProblems(owner, specifier));
  return { owner, package: specifier };
}

function templateOf({ values }: Given, { home }: Program): Template {
  const known = templatesOf(home);
  const name = values.get("template");
  if (name === undefined) throw new Refused(`--template: is missing; use ${oneOf(known)}`);
  if (!known.includes(name)) {
    throw new Refused(`--template: got ${JSON.stringify(name)}; use ${oneOf(known)}${didYouMean(name, known)}`);
  }
  return lastVersion(home, name);
}

function writeNew(given: Given, name: string, { files, later, record }: Rendered): Exit {
  const root = resolve(name);
  refuse(itselfProblems(basename(root), files));
  const all = [...files, { path: RECORD, text: record, executable: false }];
  if (refused(root, name, all)) return EXIT.wrong;
  writeAll(root, all);
  const isLocked = files.some(({ path }) => path === "package-lock.json");
  const isRendered = files.some(({ class: whose }) => whose === "owned");
  const enter = `cd ${relative(process.cwd(), root)} && ${isLocked ? "npm ci" : "npm install"}`;
  const next = [enter, "npm test", ...(isRendered ? ["npm run render"] : [])];
  print(given, { folder: root, shown: name, files: all, kept: [], later, next, add: [] });
  return EXIT.done;
}

function writeInto(given: Given, into: string, { archive, digest }: Template, inputs: Inputs): Exit {
  const { name } = inputs.values;
  if (!archive.files.some(({ part }) => part === "model")) {
    throw new Refused(`--into: ${archive.template} is a repository of its own, without a model; leave it out`);
  }
  const root = resolve(into);
  const program = programIn(root);
  const wanted = filesInto(program, renderTemplate(archive, digest, inputs).files);
  // What services of one kind have in common is written once, and is the program's from then on.
  const isKept = ({ path, part }: (typeof wanted)[number]): boolean =>
    part === "shared" && existsSync(join(root, path));
  const made = wanted.filter((file) => !isKept(file));
  refuse(
    itselfProblems(name, [...made, { path: "package.json", text: readFileSync(join(root, "package.json"), "utf8") }]),
  );
  const record = recordOf(archive, digest, inputs, made, program.environments);
  const all = [...made, { path: `services/${name}/${RECORD}`, text: record, executable: false }];
  if (refused(root, into, all)) return EXIT.wrong;
  writeAll(root, all);
  const kept = wanted.filter(isKept).map(({ path }) => path);
  print(given, {
    folder: root,
    shown: into,
    files: all,
    kept,
    later: [],
    next: [],
    add: additions(program, name, made),
  });
  return EXIT.done;
}

/** Says all that is in the way; nothing is written then. */
function refused(root: string, shown: string, files: readonly Written[]): boolean {
  if (existsSync(root) && !statSync(root).isDirectory()) {
    throw new InvalidInput([{ path: [shown], why: "is a file", fix: "choose another name, or move it away" }]);
  }
  const there = inTheWay(
    root,
    files.map(({ path }) => path),
  );
  if (there.length === 0) return false;
  const lines = there.map((file) => `${join(shown, file)}: is there; choose another name, or move it away\n`);
  process.stderr.write(`${lines.join("")}\nnothing was written\n`);
  return true;
}
