import { createRequire } from "node:module";
import { join } from "node:path";
import { bundleProgram } from "./bundle.mjs";
import { digest, Kept } from "./kept.mjs";
import { locator } from "./locator.mjs";
import { load } from "./load.mjs";
import { bundlePackages } from "./packages.mjs";
import { reportUncaught } from "./uncaught.mjs";

/**
 * Bundles a TypeScript program and runs it in this process. Types are not checked here: that would cost ten times the
 * synthesis.
 *
 * The program is bundled on every run. The packages it imports are another bundle, kept in `.cache/run/` of the root with
 * the compiled code of both, for as long as their content is proven to be the same; deleting that folder is always safe.
 *
 * @param root folder of the repository that the program belongs to, absolute
 * @param entry `{ file }` to bundle, or `{ text }` of a file that is not there; both may import what the root has
 * @param packages whether the packages are bundled too; without, each is loaded as Node does when it is first needed
 * @param name of what is kept: two programs of one name are two bundles that replace each other
 * @returns what the program `exports`, and its `sources`: the `files` it was bundled from, a `digest` of the code that ran,
 *   and `locate`, which says where a place of the running program stands in them; nothing where it does not bundle, which is said on standard error
 */
export async function run({ root, entry, name, packages: bundled = true }) {
  const cache = join(root, ".cache");
  const kept = new Kept(cache, name);
  const program = bundleProgram(root, entry, join(cache, `${name}.cjs`));
  if (program === undefined) return undefined;
  if (!bundled) return { exports: load(kept, program, createRequire(program.file), cache) };
  const packages = await bundlePackages(root, kept, program);
  if (packages === undefined) return undefined;
  reportUncaught({ root, entry, program, packages });

  const require = createRequire(program.file);
  const installed = load(kept, packages, require, cache);
  const sources = {
    files: program.files,
    digest: digest(program.digest, packages.digest),
    locate: locator(root, entry, program),
  };
  return { exports: load(kept, program, requireInstalled, cache), sources };

  function requireInstalled(id) {
    if (!(id in installed)) return require(id);
    return id.startsWith("@cdktf/provider-") ? lazily(installed[id]) : installed[id]();
  }
}

/**
 * Bindings are loaded when something of them is first used, not when they are imported: a synthesis of one environment
 * then runs none of the clouds that other environments import.
 */
function lazily(loadPackage) {
  return new Proxy({}, { get: (_, key) => loadPackage()[key], has: (_, key) => key in loadPackage() });
}
