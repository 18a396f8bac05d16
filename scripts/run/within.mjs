import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, sep } from "node:path";
import { digest } from "./kept.mjs";

/** What the bundler looks for in a folder that is not a package's. */
const LOOKED_FOR = new Set(["node_modules", "package.json", ".pnp.cjs", ".pnp.js", ".pnp.data.json"]);

/**
 * A digest of what a bundle was made of: every file, and everything by which another file could have been found instead
 * (a new `x.js` beside `x/index.js`, a package that shadows another, `exports` of a package.json).
 *
 * @returns nothing where a file is not there any more
 */
export function within(root, inputs) {
  try {
    const files = inputs.map((input) => `${input} ${digest(readFileSync(join(root, input)))}`);
    return digest(...files, ...foldersOf(root, inputs).map((folder) => look(root, folder)));
  } catch {
    return undefined;
  }
}

/** A digest of the repository's own folder and of those above it, where other things come and go all the time. */
export const surroundings = (root) => digest(...upwards(root).map((folder) => look(root, folder)));

/** Whether any of it may have been changed since; times of change are the system's own, and cannot be set back. */
export function changedSince(root, inputs, began) {
  const above = new Set(upwards(root));
  const folders = foldersOf(root, inputs).filter((folder) => !above.has(folder));
  const packages = folders.map((folder) => join(folder, "package.json"));
  return [...inputs.map((input) => join(root, input)), ...folders, ...packages].some((path) => {
    const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
    return stat !== undefined && stat.ctimeNs >= began;
  });
}

/** Every folder that a file is in, and those above, each of which may have packages. */
function foldersOf(root, inputs) {
  const folders = new Set(upwards(root));
  for (const input of inputs) {
    for (let at = dirname(join(root, input)); !folders.has(at); at = dirname(at)) folders.add(at);
  }
  return [...folders].sort();
}

function upwards(folder) {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...upwards(above)];
}

/** What a folder offers to whoever resolves an import there. */
function look(root, folder) {
  const entries = list(folder);
  const shared = `${root}${sep}`.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
  const offered = shared ? entries.filter(({ name }) => LOOKED_FOR.has(name)) : entries;
  const parts = [folder, ...offered.map((entry) => described(folder, entry))];
  if (offered.some(({ name }) => name === "package.json")) parts.push(readFileSync(join(folder, "package.json")));
  // Which packages there are is asked of every folder on the way up, although no file of them may be in the bundle.
  const packages = join(folder, "node_modules");
  if (offered.some(({ name }) => name === "node_modules")) parts.push(...listPackages(packages));
  return digest(...parts);
}

function listPackages(folder) {
  return list(folder).flatMap((entry) => {
    const inside = entry.name.startsWith("@") ? list(join(folder, entry.name)) : [];
    const scoped = inside.map((one) => described(join(folder, entry.name), one));
    return [described(folder, entry), ...scoped];
  });
}

/** Names that begin with a dot are of the tools that keep something there: no package may be called so. */
function list(folder) {
  const entries = readable(folder).filter(({ name }) => basename(folder) !== "node_modules" || !name.startsWith("."));
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function readable(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function described(folder, entry) {
  const kind = entry.isDirectory() ? "folder" : entry.isSymbolicLink() ? `-> ${target(join(folder, entry.name))}` : "";
  return `${entry.name} ${kind}`;
}

function target(link) {
  try {
    return realpathSync(link);
  } catch {
    return "nowhere";
  }
}
