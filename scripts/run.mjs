// Bundles a TypeScript program of this repository and runs it in this process: `node scripts/run.mjs main.ts [args]`.
// Types are checked by `npm test`, not here: that would cost ten times the synthesis.
//
// The program and the packages it imports are two bundles, so that an edit bundles again what was edited and not the
// provider bindings. Both are kept in `.cache/` with their compiled code; deleting that folder is always safe.
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const cache = join(root, ".cache");
const [entry] = process.argv.splice(2, 1);
if (entry === undefined) {
  process.stderr.write("usage: node scripts/run.mjs <program.ts> [arguments]\n");
  process.exit(1);
}
// By its path: two programs of one name are two bundles.
const name = relative(root, resolve(root, entry))
  .replace(/[^\w.-]/g, "-")
  .replace(/\.ts$/, "");
const program = join(cache, `${name}.cjs`);
const packages = join(cache, `${name}.packages.cjs`);
const require = createRequire(program);

const imported = await bundleProgram();
await bundlePackages(imported);
const installed = load(packages, require);
load(program, (id) => {
  if (!(id in installed)) return require(id);
  return id.startsWith("@cdktf/provider-") ? lazily(installed[id]) : installed[id]();
});

/**
 * Bindings are loaded when something of them is first used, not when they are imported: a synthesis of one environment
 * then runs none of the clouds that other environments import.
 */
function lazily(loadPackage) {
  return new Proxy({}, { get: (_, key) => loadPackage()[key], has: (_, key) => key in loadPackage() });
}

/** Returns the packages that the program imports. */
async function bundleProgram() {
  const known = readStamps(program);
  if (known !== undefined) return known.imported;
  const { inputs, outputs } = await bundle({ entryPoints: [entry], outfile: program, packages: "external" });
  const [{ imports }] = Object.values(outputs);
  const ids = imports.map(({ path }) => path).filter((id) => !isBuiltin(id));
  const imported = [...new Set(ids)].sort();
  writeStamps(program, [...Object.keys(inputs), "scripts/run.mjs"], imported);
  return imported;
}

/** Each package behind a function, so that one is loaded when it is first imported. */
async function bundlePackages(imported) {
  if (String(readStamps(packages)?.imported) === String(imported)) return;
  const lines = imported.map((id) => `${JSON.stringify(id)}: () => require(${JSON.stringify(id)}),`);
  const contents = `module.exports = {\n${lines.join("\n")}\n};\n`;
  await bundle({ stdin: { contents, resolveDir: root, sourcefile: "packages.js" }, outfile: packages });
  // npm rewrites this file whenever it changes what is installed.
  writeStamps(packages, ["node_modules/.package-lock.json", "scripts/run.mjs"], imported);
}

async function bundle(options) {
  const { buildSync } = await import("esbuild");
  mkdirSync(cache, { recursive: true });
  const { metafile } = buildSync({
    absWorkingDir: root,
    bundle: true,
    platform: "node",
    target: "node20",
    legalComments: "none",
    metafile: true,
    logLevel: "error",
    ...options,
  });
  return metafile;
}

function readStamps(file) {
  try {
    const known = JSON.parse(readFileSync(`${file}.json`, "utf8"));
    return Object.entries(known.inputs).every(([input, stamp]) => stampOf(input) === stamp) ? known : undefined;
  } catch {
    return undefined;
  }
}

function writeStamps(file, inputs, imported) {
  const stamps = Object.fromEntries(inputs.map((input) => [input, stampOf(input)]));
  write(`${file}.json`, JSON.stringify({ imported, inputs: stamps }));
}

function stampOf(file) {
  const { mtimeMs, size } = statSync(join(root, file));
  return `${mtimeMs} ${size}`;
}

/** Runs a bundle as Node runs a CommonJS module, from compiled code where that is of this Node and this bundle. */
function load(file, requireFrom) {
  const compiled = `${file}.${process.version}.v8`;
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, "utf8")}\n})`;
  const cachedData = readIfThere(compiled);
  const script = new Script(source, { filename: file, cachedData });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, requireFrom, module, file, cache);
  if (cachedData === undefined || script.cachedDataRejected) {
    // At the end, so that the functions the run needed are in it.
    process.once("exit", () => write(compiled, script.createCachedData()));
  }
  return module.exports;
}

function readIfThere(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

// Two syntheses at a time must not read each other's half-written files.
function write(file, content) {
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, content);
  renameSync(temporary, file);
}
