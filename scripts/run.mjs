// Bundles a TypeScript program of this repository and runs it in this process: `node scripts/run.mjs main.ts [args]`.
// Types are checked by `npm test`, not here: that would cost ten times the synthesis. Bundle and compiled code are kept
// in `.cache/` while no file that went into the bundle has changed; deleting that folder is always safe.
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
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
const bundle = join(
  cache,
  `${relative(root, resolve(root, entry))
    .replace(/[^\w.-]/g, "-")
    .replace(/\.ts$/, "")}.cjs`,
);
const stamps = `${bundle}.inputs.json`;
// Machine code is of no use to another Node or another bundle; V8 refuses it by itself then.
const compiled = `${bundle}.${process.version}.v8`;

if (!isFresh()) await build();
run();

function isFresh() {
  try {
    const inputs = JSON.parse(readFileSync(stamps, "utf8"));
    return Object.entries(inputs).every(([file, stamp]) => stampOf(file) === stamp);
  } catch {
    return false;
  }
}

function stampOf(file) {
  const { mtimeMs, size } = statSync(join(root, file));
  return `${mtimeMs} ${size}`;
}

async function build() {
  const { buildSync } = await import("esbuild");
  mkdirSync(cache, { recursive: true });
  const { metafile } = buildSync({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: bundle,
    bundle: true,
    platform: "node",
    target: "node20",
    legalComments: "none",
    metafile: true,
    // Loads its binary by a path relative to its own file; only the programs in scripts/ use it.
    external: ["esbuild"],
    logLevel: "error",
  });
  const files = [...Object.keys(metafile.inputs), "package-lock.json", "scripts/run.mjs"];
  write(stamps, JSON.stringify(Object.fromEntries(files.map((file) => [file, stampOf(file)]))));
}

function run() {
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(bundle, "utf8")}\n})`;
  const cachedData = readIfThere(compiled);
  const script = new Script(source, { filename: bundle, cachedData });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(bundle), module, bundle, cache);
  // After the run, so that the functions it needed are in it.
  if (cachedData === undefined || script.cachedDataRejected) write(compiled, script.createCachedData());
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
