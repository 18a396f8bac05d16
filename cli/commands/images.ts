import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { imageName } from "../../constructs/model/image";
import { loadEnvironments } from "../../constructs/model/load";
import { InvalidInput, oneOf } from "../../constructs/model/problem";
import { imageProblems } from "../../constructs/model/with-images";
import { type Command, EXIT, JSON_OPTION, Refused } from "../command";
import { toJson } from "../format";
import { readImages } from "../images-file";

export const images: Command = {
  name: "images",
  summary: "write images that were built into the file that an environment reads them from",
  description:
    "For pipelines of environments that Terraform releases: the next plan changes their workloads to these images.\n" +
    "The environment reads the file with withImages; what is not named stays in it.",
  words: {
    name: "word",
    description: "an environment, and images by the last part of their names: backend=…@sha256:…",
    least: 2,
    most: Infinity,
  },
  options: {
    file: { description: "the file; images/<environment>.json if left out", value: "file" },
    json: JSON_OPTION,
  },
  exits: { done: "the file says so", wrong: "the input has mistakes, and nothing was written" },
  async run({ words: [name = "", ...given], flags, values }, program) {
    const file = values.get("file") ?? `images/${name}.json`;
    const built = new Map(given.map(pairOf));
    const environments = loadEnvironments(await program.environments());
    const environment = environments.find((one) => one.name === name);
    if (environment === undefined) {
      throw new Refused(`${name}: no such environment; use ${oneOf(environments.map((one) => one.name))}`);
    }
    const running = environment.applications.flatMap(({ workloads }) => workloads.map(({ image }) => image));
    const known = [...new Set(running.map(imageName))];
    const problems = [...built].flatMap(([image, reference]) => imageProblems(image, reference, known));
    if (problems.length > 0) throw new InvalidInput(problems);
    const path = resolve(program.root, file);
    const before = readImages(path, file);
    const unread = Object.entries(before).find(([, reference]) => !running.includes(reference));
    if (unread !== undefined) {
      throw new Refused(
        `${file}: no workload of ${name} runs its ${unread[0]}; have the environment read it: withImages`,
      );
    }
    const after = Object.fromEntries(
      Object.entries({ ...before, ...Object.fromEntries(built) }).sort(([a], [b]) => (a < b ? -1 : 1)),
    );
    writeFileSync(path, `${JSON.stringify(after, undefined, 2)}\n`);
    const changed = [...built].filter(([image, reference]) => before[image] !== reference);
    if (flags.has("json")) process.stdout.write(toJson({ file, changed: Object.fromEntries(changed) }));
    else process.stdout.write(changed.map(([image, reference]) => `${image}: ${reference}\n`).join(""));
    return EXIT.done;
  },
};

function pairOf(word: string): readonly [string, string] {
  const [, name, reference] = /^([^=]+)=(.+)$/.exec(word) ?? [];
  if (name === undefined || reference === undefined) {
    throw new Refused(`${JSON.stringify(word)}: is no image; use backend=ghcr.io/acme/backend@sha256:…`);
  }
  return [name, reference];
}
