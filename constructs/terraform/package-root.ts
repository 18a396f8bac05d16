import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The folder of this package, wherever this file runs from: its source, the bundle under `.cache`, or `dist` of an
 * installed copy.
 */
export function packageRoot(from: string = __dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (packageName(join(folder, "package.json")) === "goldenpath") return folder;
    if (folder === dirname(folder)) {
      throw new Error(`${from}: no package.json of "goldenpath" above it; run the package from where it is installed`);
    }
  }
}

function packageName(file: string): unknown {
  if (!existsSync(file)) return undefined;
  const manifest: unknown = JSON.parse(readFileSync(file, "utf8"));
  return typeof manifest === "object" && manifest !== null && "name" in manifest ? manifest.name : undefined;
}
