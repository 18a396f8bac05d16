// Bundles a TypeScript program of this repository and runs it in this process: `node scripts/run.mjs main.ts [args]`.
// Types are checked by `npm test`, not here: that would cost ten times the synthesis.
//
// The program is bundled on every run. The packages it imports are another bundle, kept in `.cache/run/` with the
// compiled code of both, for as long as their content is proven to be the same; deleting that folder is always safe.
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleProgram } from "./run/bundle.mjs";
import { Kept } from "./run/kept.mjs";
import { load } from "./run/load.mjs";
import { bundlePackages } from "./run/packages.mjs";
import { reportUncaught } from "./run/uncaught.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const [entry] = process.argv.splice(2, 1);
if (entry === undefined) {
  process.stderr.write("usage: node scripts/run.mjs <program.ts> [arguments]\n");
  process.exit(1);
}
// By its path: two programs of one name are two bundles.
const name = relative(root, resolve(root, entry))
  .replace(/[^\w.-]/g, "-")
  .replace(/\.ts$/, "");
const cache = join(root, ".cache");
const kept = new Kept(cache, name);

const program = bundleProgram(root, entry, join(cache, `${name}.cjs`));
const packages = await bundlePackages(root, kept, program);
reportUncaught({ root, entry, program, packages });

const require = createRequire(program.file);
const installed = load(kept, packages, require, cache);
load(kept, program, requireInstalled, cache);

function requireInstalled(id) {
  if (!(id in installed)) return require(id);
  return id.startsWith("@cdktf/provider-") ? lazily(installed[id]) : installed[id]();
}

/**
 * Bindings are loaded when something of them is first used, not when they are imported: a synthesis of one environment
 * then runs none of the clouds that other environments import.
 */
function lazily(loadPackage) {
  return new Proxy({}, { get: (_, key) => loadPackage()[key], has: (_, key) => key in loadPackage() });
}
