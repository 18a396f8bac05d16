import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { digest } from "./kept.mjs";

/** What the bundler looks for in a folder that is not a package's. */
const LOOKED_FOR = new Set(["node_modules", "package.json", ".pnp.cjs", ".pnp.js", ".pnp.data.json"]);

/**
 * A digest of what a bundle was made of: every file, and everything by which another file could have been found instead
 * (a new `x.js` beside `x/index.js`, a package that shadows another, `exports` of a package.json).
 *
 * @returns nothing where a file is not there any more
 */
export function within(root, { files, folders }) {
  try {
    const contents = files.map((file) => `${file} ${digest(readFileSync(join(root, file)))}`);
    return digest(...contents, ...folders.map((folder) => look(root, join(root, folder))));
  } catch {
    return undefined;
  }
}

/** A digest of the repository's own folder and of those above it, where other things come and go all the time. */
export const surroundings = (root) => digest(...upwards(root).map((folder) => look(root, folder)));

/** Whether any of it may have been changed since; times of change are the system's own, and cannot be set back. */
export function changedSince(root, { files, folders }, began) {
  const above = new Set(upwards(root));
  const own = folders.map((folder) => join(root, folder)).filter((folder) => !above.has(folder));
  const packages = own.map((folder) => join(folder, "package.json"));
  return [...files.map((file) => join(root, file)), ...own, ...packages].some((path) => {
    const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
    return stat !== undefined && stat.ctimeNs >= began;
  });
}

/**
 * Every folder that the bundler has looked into: those that a file is in, those above, each of which may have packages,
 * and those by which an import came there, such as one with nothing but a package.json that points elsewhere.
 *
 * @param inputs as the bundler's list has them
 * @returns paths from the root
 */
export function foldersOf(root, inputs) {
  const folders = new Set(upwards(root));
  const add = (path) => {
    for (let at = isFolder(path) ? path : dirname(path); !folders.has(at); at = dirname(at)) folders.add(at);
  };
  for (const [file, { imports }] of Object.entries(inputs)) {
    const folder = dirname(join(root, file));
    add(join(root, file));
    for (const id of imports.flatMap(({ original }) => original ?? [])) {
      if (/^\.{0,2}\//.test(id) || /^\.{1,2}$/.test(id)) add(resolve(folder, id));
      else for (const at of upwards(folder)) if (isFolder(packageIn(at, id))) add(resolve(at, "node_modules", id));
    }
  }
  return [...folders].map((folder) => relative(root, folder)).sort();
}

/** Where a folder would have the package of an import, with or without a path in it. */
const packageIn = (folder, id) => join(folder, "node_modules", ...id.split("/").slice(0, id.startsWith("@") ? 2 : 1));

const isFolder = (path) => existsSync(path) && statSync(path).isDirectory();

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
