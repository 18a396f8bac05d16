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
 * Bundles what is the user's own. A mistake in it ends the process, with the bundler's own words: file, line and the
 * line's text.
 *
 * @returns the code, and the packages it imports, each with the files that import it
 */
export function bundleProgram(root, entry, file) {
  const { outputFiles, metafile } = build({ ...programOptions(root, entry, file), metafile: true, logLevel: "error" });
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
  return { file, code, digest: digest(code), imported, importers };
}

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
  entryPoints: [resolve(root, entry)],
  outfile: file,
  packages: "external",
  write: false,
});

/** Bundles, or ends the process: the bundler has said on standard error what is wrong. */
function build(options) {
  try {
    return esbuild.buildSync(options);
  } catch (error) {
    if (!Array.isArray(error.errors)) throw error;
    process.exit(1);
  }
}
