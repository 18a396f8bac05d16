import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { InvalidInput, refuse } from "../../constructs/model/problem";
import { check } from "../../constructs/model/schema";
import { name as nameForm } from "../../constructs/model/validate/forms";
import { type Command, EXIT, JSON_OPTION, Refused } from "../command";
import { toJson } from "../format";
import { NEW_CLOUDS } from "../init/clouds";
import { filesOf } from "../init/files";
import { itselfProblems } from "../new/itself";

const CLOUDS = Object.keys(NEW_CLOUDS);

export const init: Command = {
  name: "init",
  summary: "write a new program, of one application in one environment",
  description: "The application is called as the folder is. Writes all files or, where one of them is there, none.",
  words: {
    name: "folder",
    description: "made if it is not there; the working directory if left out",
    least: 0,
    most: 1,
  },
  options: {
    cloud: { description: "where the environment is", value: "cloud", choices: CLOUDS },
    package: { description: "how npm finds goldenpath: a version, or file:<tarball>", value: "specifier" },
    json: JSON_OPTION,
  },
  exits: { done: "the files are written", wrong: "something is in the way, and nothing was written" },
  run({ words: [folder = "."], flags, values }, { manifest }) {
    const cloud = NEW_CLOUDS[values.get("cloud") ?? ""];
    if (cloud === undefined) throw new Refused(`--cloud: is missing; say one of ${CLOUDS.join(", ")}`);
    const root = resolve(folder);
    const name = basename(root);
    const wrong = check(nameForm, name, ["arguments"]);
    if (wrong.length > 0) throw new InvalidInput(wrong.map((problem) => ({ ...problem, why: "the folder's name" })));
    const files = filesOf({ name, cloud, own: manifest, specifier: values.get("package") });
    refuse(itselfProblems(name, [{ path: "package.json", text: files["package.json"] ?? "{}" }]));
    const there = Object.keys(files).filter((file) => existsSync(join(root, file)));
    if (there.length > 0) {
      const lines = there.map((file) => `${join(folder, file)}: is there; choose another folder, or move it away\n`);
      process.stderr.write(`${lines.join("")}\nnothing was written\n`);
      return Promise.resolve(EXIT.wrong);
    }
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    const into = relative(process.cwd(), root);
    const next = [`${into === "" ? "" : `cd ${into} && `}npm install`, "npm test", "npx goldenpath synth"];
    if (flags.has("json")) process.stdout.write(toJson({ folder: root, files: Object.keys(files), next }));
    else {
      const wrote = Object.keys(files).map((file) => `wrote ${join(folder, file)}\n`);
      process.stdout.write(`${wrote.join("")}\nnext:\n${next.map((command) => `  ${command}\n`).join("")}`);
    }
    return Promise.resolve(EXIT.done);
  },
};
