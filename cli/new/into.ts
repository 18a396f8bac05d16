import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { InvalidInput } from "../../constructs/model/problem";
import type { NewFile } from "../../constructs/templates/render";

/** A program of goldenpath that exists. */
export interface Program {
  /** Folder of the file of its environments, from its own: `environments`. */
  readonly environments: string;
  /** Whether it has a file of outputs. */
  readonly hasOutputs: boolean;
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly goldenpath?: { readonly environments?: unknown; readonly outputs?: unknown };
}

/** @throws InvalidInput where a folder is no program, with what it lacks */
export function programIn(folder: string): Program {
  const file = join(folder, "package.json");
  const refused = (why: string, fix: string): InvalidInput =>
    new InvalidInput([{ path: ["arguments", "into"], got: folder, why, fix }]);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw refused("is no folder", "name the folder of a program, or leave --into out for a repository of its own");
  }
  if (!existsSync(file)) throw refused("has no package.json, so it is no program", "goldenpath init writes one");
  const manifest = manifestOf(file, refused);
  if (manifest.dependencies?.["goldenpath"] === undefined && manifest.devDependencies?.["goldenpath"] === undefined) {
    throw refused(
      "its package.json does not depend on goldenpath",
      "npm install goldenpath there, or name another folder",
    );
  }
  const named = manifest.goldenpath?.environments ?? "environments/index.ts";
  if (typeof named !== "string" || !existsSync(join(folder, named))) {
    throw refused(
      `its environments, ${JSON.stringify(named)}, are not there`,
      "correct goldenpath.environments in its package.json",
    );
  }
  return { environments: dirname(posix.normalize(named)), hasOutputs: manifest.goldenpath?.outputs !== undefined };
}

function manifestOf(file: string, refused: (why: string, fix: string) => InvalidInput): Manifest {
  try {
    const read: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (typeof read === "object" && read !== null) return read;
  } catch {
    // Said below, without the text of the file.
  }
  throw refused("its package.json is no JSON object", "correct it");
}

/** Folder of the model in a template. */
const MODEL = "environments";

/** Files of a template that a program takes, where they go in it, and the part of it that what they are is said in. */
export function filesInto(program: Pick<Program, "environments">, files: readonly NewFile[]): readonly NewFile[] {
  return files.flatMap((file) => {
    if (file.part === "program" || file.class === "owned") return [];
    const path = pathInto(program, file.path);
    return path === file.path ? [file] : [{ ...file, path }];
  });
}

/** Path in a program of a path in a template: what is of the model is where its environments are. */
export function pathInto({ environments }: Pick<Program, "environments">, path: string): string {
  const below = posix.relative(MODEL, path);
  return below.startsWith("../") ? path : posix.join(environments, below);
}

/** `orders-api` → `ordersApi` */
const camel = (name: string): string => name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const chartIn = ({ hasOutputs }: Program, file: string, chart: string): readonly string[] =>
  hasOutputs
    ? [
        `in the file of outputs, such as ${file}, add its chart to \`outputs\`:`,
        `  ${chart},`,
        "then: npx goldenpath render",
      ]
    : [
        `for its chart, write ${file}, as nothing is rendered here until now:`,
        '  import { helmChart, target } from "goldenpath/outputs";',
        `  export const outputs = [${chart}];`,
        "name it in package.json, and run npx goldenpath render:",
        `  "goldenpath": { "outputs": "${file}" }`,
      ];

/** What people add to files of theirs, beside those that were written: nothing here writes into TypeScript that somebody else has written. */
export function additions(program: Program, name: string, files: readonly NewFile[]): readonly string[] {
  const value = `${camel(name)}App`;
  // An application without routes has no hosts.
  const isRouted = files.some(({ part, text }) => part === "model" && /^ {2}routes: /m.test(text));
  const hosts = isRouted ? `, hosts: { main: "${name}.example.com" }` : "";
  const of = (file: string): string => posix.join(program.environments, file);
  const teams = files.flatMap(({ path }) => (path.startsWith(of("teams/")) ? [path] : []));
  return [
    `in the file of each environment that it is to run in, such as ${of("staging.ts")}, add the two lines, the second to \`applications\`:`,
    `  import { app as ${value} } from "./${name}";`,
    `  { application: ${value}${hosts} },`,
    "where an environment has one application until now, say whose stack has the environment's own name:",
    '  defaultApplication: "<the one that it has>",',
    ...chartIn(
      program,
      of("outputs.ts"),
      `target(helmChart, { options: { application: "${name}" }, folder: "helm/${name}" })`,
    ),
    ...teams.map(
      (path) =>
        `where a file of the program has that team() already, give that one to \`owner\` in ${of(`${name}.ts`)}, and remove ${path}`,
    ),
  ];
}
