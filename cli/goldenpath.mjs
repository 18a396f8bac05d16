#!/usr/bin/env node
// The program `goldenpath`: bundles the environments of the repository it is started in with the commands, and runs both.
// Its folder is the nearest one with a package.json, from the working directory up; where there is none, the clone that
// this file is in.
import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./launcher/run.mjs";

/**
 * What `goldenpath` in package.json may name a file for: the file where it names none, and the commands that it is for, as
 * no other is to take the time of bundling it.
 */
const FILES = {
  environments: { usual: "environments/index.ts" },
  outputs: { commands: ["portal", "render", "radar", "rights"] },
  comparisons: { commands: ["parity"] },
  pins: { commands: ["radar"] },
};

/** Commands that run nothing of a repository: some write it, others read plans and stacks of wherever they come from. */
const WITHOUT_PROGRAM = new Set(["compare", "eject", "init", "new", "reviewed", "update"]);

/** Commands by the names that they had, which go on working. */
const RENAMED = { page: "portal" };

const own = join(dirname(fileURLToPath(import.meta.url)), "..");
const manifest = readJson(join(own, "package.json"));
const { version } = manifest;
const args = process.argv.slice(2);
const called = Object.hasOwn(RENAMED, args[0] ?? "") ? RENAMED[args[0]] : undefined;
if (called !== undefined) {
  process.stderr.write(`goldenpath ${args[0]} is called goldenpath ${called} now; see goldenpath ${called} --help\n`);
  args[0] = called;
}
const source = join("cli", "main.ts");
const isClone = existsSync(join(own, source));

const commands = readdirSync(isClone ? join(own, "cli", "commands") : join(own, "dist", "cli", "commands"));
const isCommand = commands.some((file) => file.split(".")[0] === args[0]);
const wantsHelp = args.some((word) => word === "--help" || word === "-h");

const answer = isCommand && !wantsHelp ? undefined : await usage();
if (answer !== undefined) end(answer);
else if (WITHOUT_PROGRAM.has(args[0])) await startAlone();
else await start();

/** Bundles and runs a command; before a mistake of the repository one of the command line is said. */
async function start() {
  const root = rootAbove(realpathSync(process.cwd())) ?? own;
  const { files, mistakes } = filesOf(root);
  const isOwn = isClone && root === own;
  const text = program(isOwn ? `./${source}` : "goldenpath/cli", files);
  if (mistakes.length > 0) return end((await usage()) ?? { text: mistakes.join(""), exit: 1 });
  // By the command: each runs other packages, and what is kept of them is what was run.
  const bundled = await run({ root, entry: { text }, name: `goldenpath-${args[0]}` });
  if (bundled === undefined) {
    process.exitCode = 1;
    return;
  }
  const outdir = process.env.CDKTF_OUTDIR || relative(process.cwd(), join(root, "cdktf.out")) || ".";
  const { main, files: loaded } = bundled.exports;
  const sources = sourcesOf(root, {
    ...bundled.sources,
    entry: files.environments,
    library: isOwn ? "constructs/" : undefined,
  });
  await main(args, {
    root,
    home: own,
    outdir,
    manifest,
    terminal: process.stderr.isTTY === true,
    sources,
    files: loaded,
  });
}

/** Runs a command from this package alone, wherever it is started. */
async function startAlone() {
  const root = process.cwd();
  const cli = await commandLine("main");
  const sources = sourcesOf(root, { digest: "", files: [] });
  const outdir = process.env.CDKTF_OUTDIR || "cdktf.out";
  await cli?.main(args, {
    root,
    home: own,
    outdir,
    manifest,
    terminal: process.stderr.isTTY === true,
    sources,
    files: {},
  });
}

/** What a command is told of the source files. TypeScript is the repository's own, where it has it. */
function sourcesOf(root, { digest, ...known }) {
  const require = createRequire(join(root, "package.json"));
  const attempt = (act) => {
    try {
      return act();
    } catch {
      return undefined;
    }
  };
  const typescript = attempt(() => readFileSync(require.resolve("typescript/package.json"), "utf8")) ?? "none";
  const cache = join(root, ".cache", "origins");
  return {
    root,
    cache,
    ...known,
    digest: `${digest} ${typescript}`,
    typescript: () => attempt(() => require("typescript")),
  };
}

/** A module of the commands and of the files that the repository names, each run when it is asked for. */
function program(main, files) {
  const lines = Object.entries(files).map(([name, path]) => {
    const [said, specifier] = [JSON.stringify(path), JSON.stringify(`./${path}`)];
    return `  ${name}: { path: ${said}, load: () => import(${specifier}) },`;
  });
  return `export { main } from ${JSON.stringify(main)};\nexport const files = {\n${lines.join("\n")}\n};\n`;
}

async function usage() {
  return (await commandLine("usage"))?.usage(args, version);
}

/** Exports of a file of `cli/`, which needs no packages but this one's own. */
async function commandLine(name) {
  if (!isClone) return createRequire(import.meta.url)(join(own, "dist", "cli", `${name}.js`));
  const entry = { file: join("cli", `${name}.ts`) };
  return (await run({ root: own, entry, name: `goldenpath-${name}`, packages: false }))?.exports;
}

function end({ text, exit }) {
  (exit === 0 ? process.stdout : process.stderr).write(text);
  process.exitCode = exit;
}

/** The files that a repository names, by what they are for, and what is wrong with that. */
function filesOf(root) {
  const file = join(root, "package.json");
  const named = readJson(file).goldenpath ?? {};
  const unknown = Object.keys(named).filter((name) => !(name in FILES));
  const known = Object.keys(FILES)
    .map((name) => `"${name}"`)
    .join(", ");
  const mistakes = unknown.map((name) => `${file}: goldenpath.${name}: unknown field; use ${known}\n`);
  const files = {};
  for (const [name, { usual, commands }] of Object.entries(FILES)) {
    const path = named[name] ?? usual;
    if (path === undefined || commands?.includes(args[0]) === false) continue;
    if (typeof path === "string" && existsSync(join(root, path))) files[name] = path;
    else {
      const told = named[name] === undefined ? "make it, or name another file in" : "correct";
      mistakes.push(`${join(root, String(path))}: no such file; ${told} goldenpath.${name} in ${file}\n`);
    }
  }
  return { files, mistakes };
}

function rootAbove(folder) {
  if (existsSync(join(folder, "package.json"))) return folder;
  return dirname(folder) === folder ? undefined : rootAbove(dirname(folder));
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    end({ text: `${file}: ${error.message}; correct it\n`, exit: 1 });
    process.exit();
  }
}
