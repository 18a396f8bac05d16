// Bundles a TypeScript program of this repository and runs it in this process: `node scripts/run.mjs scripts/docs.ts [args]`.
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "../cli/launcher/run.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const [file] = process.argv.splice(2, 1);
if (file === undefined) {
  process.stderr.write("usage: node scripts/run.mjs <program.ts> [arguments]\n");
  process.exit(1);
}
// By its path: two programs of one name are two bundles.
const name = relative(root, resolve(root, file))
  .replace(/[^\w.-]/g, "-")
  .replace(/\.ts$/, "");
if ((await run({ root, entry: { file }, name })) === undefined) process.exit(1);
