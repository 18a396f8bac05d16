// Bundles a TypeScript program of this repository and runs it in this process: `node scripts/run.mjs main.ts [args]`.
// Types are checked by `npm test`, not here: that would cost ten times the synthesis.
import { buildSync } from "esbuild";
import module, { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const [entry] = process.argv.splice(2, 1);
const bundle = join(root, ".cache", basename(entry).replace(/\.ts$/, ".cjs"));
// From Node 22.1 on.
module.enableCompileCache?.(join(root, ".cache", "v8"));
buildSync({
  absWorkingDir: root,
  entryPoints: [entry],
  outfile: bundle,
  bundle: true,
  platform: "node",
  target: "node20",
  packages: "external",
  sourcemap: "inline",
  logLevel: "error",
});
process.setSourceMapsEnabled(true);
createRequire(import.meta.url)(bundle);
