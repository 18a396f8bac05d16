import { existsSync } from "node:fs";
import { isBuiltin } from "node:module";
import { resolve } from "node:path";
import { digest } from "./kept.mjs";

// Without a thread of its own the bundler is a child that is waited for: quicker for one bundle, and its time is counted.
const threads = process.env.ESBUILD_WORKER_THREADS;
process.env.ESBUILD_WORKER_THREADS = "0";
export const esbuild = await import("esbuild");
if (threads === undefined) delete process.env.ESBUILD_WORKER_THREADS;
else process.env.ESBUILD_WORKER_THREADS = threads;

export const OPTIONS = { bundle: true, platform: "node", target: "node20", legalComments: "none" };

/**
 * Bundles what is the user's own.
 *
 * @returns the code, the files it was made of, and the packages it imports, each with the files that import it; nothing
 *   where there is a mistake in it, of which the bundler has said file, line and the line's text on standard error
 */
export function bundleProgram(root, entry, file) {
  const built = build({ ...programOptions(root, entry, file), metafile: true, logLevel: "error" });
  if (built === undefined) return undefined;
  const { outputFiles, metafile } = built;
  const importers = new Map();
  for (const [input, { imports }] of Object.entries(metafile.inputs)) {
    for (const { path, external } of imports) {
      if (external && !isBuiltin(path)) importers.set(path, [...(importers.get(path) ?? []), input]);
    }
  }
  // What is imported for its types alone is in no output.
  const needed = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  const imported = [...new Set(needed)].filter((id) => !isBuiltin(id)).sort();
  const code = outputFiles[0].text;
  return { file, code, digest: digest(code), imported, importers, files: filesOf(root, metafile) };
}

/** The files of a bundle, by their paths from the root. A text that is no file is not among them. */
const filesOf = (root, { inputs }) =>
  Object.keys(inputs)
    .filter((path) => existsSync(resolve(root, path)))
    .sort();

/** The source map of a program that was bundled before, or nothing where its files have changed since. */
export function mapOfProgram(root, entry, file, code) {
  const options = { ...programOptions(root, entry, file), sourcemap: "external", logLevel: "silent" };
  const { outputFiles } = esbuild.buildSync(options);
  const [map, bundle] = outputFiles[0].path.endsWith(".map") ? outputFiles : [...outputFiles].reverse();
  return bundle.text === code ? JSON.parse(map.text) : undefined;
}

const programOptions = (root, entry, file) => ({
  ...OPTIONS,
  absWorkingDir: root,
  ...(entry.file === undefined
    ? { stdin: { contents: entry.text, resolveDir: root, sourcefile: "goldenpath", loader: "ts" } }
    : { entryPoints: [resolve(root, entry.file)] }),
  outfile: file,
  packages: "external",
  write: false,
});

function build(options) {
  try {
    return esbuild.buildSync(options);
  } catch (error) {
    if (!Array.isArray(error.errors)) throw error;
    return undefined;
  }
}
