import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join } from "node:path";

/**
 * Writes a program that does what `main.ts` cannot do without: it starts in the same way, loads the same packages, and
 * writes the same bytes, which it reads from the output of a synthesis. What `main.ts` takes beyond it is ours.
 *
 * @param root folder of the repository
 * @param output folder that a synthesis wrote
 * @returns path of the program, to be started as `main.ts` is; it writes into `CDKTF_OUTDIR`
 */
export function floorProgram(root: string, output: string): string {
  const file = join(root, ".cache/bench/floor.cjs");
  const files = readdirSync(output, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(output.length + 1));
  const lines = [
    'const { mkdirSync, readFileSync, writeFileSync } = require("node:fs");',
    'const { dirname, join } = require("node:path");',
    // A package is loaded when something of it is asked for.
    ...packagesOf(root).map((id) => `Reflect.get(require(${JSON.stringify(id)}), "loaded");`),
    `for (const file of ${JSON.stringify(files)}) {`,
    "  const to = join(process.env.CDKTF_OUTDIR, file);",
    "  mkdirSync(dirname(to), { recursive: true });",
    `  writeFileSync(to, readFileSync(join(${JSON.stringify(output)}, file), "utf8"));`,
    "}",
  ];
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${lines.join("\n")}\n`);
  return file;
}

/** Lists what `main.ts` imports that is not the repository's own. The bundler finds its program in a process of its own. */
const LIST = `
  import { buildSync } from "esbuild";
  const { metafile } = buildSync({
    entryPoints: ["main.ts"], bundle: true, platform: "node", packages: "external",
    metafile: true, write: false, logLevel: "silent",
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports.map(({ path }) => path));
  process.stdout.write(JSON.stringify([...new Set(imports)].sort()));
`;

function packagesOf(root: string): string[] {
  const node = ["--input-type=module", "--eval", LIST];
  const { status, stdout, stderr } = spawnSync(process.execPath, node, { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(`no list of what main.ts imports\n${stderr}`);
  return (JSON.parse(stdout) as string[]).filter((id) => !isBuiltin(id));
}
