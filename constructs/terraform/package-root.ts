import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The folder of this package, wherever this file runs from: its source, `dist` of an installed copy, or a bundle under
 * `.cache`, of this package or of a repository that has it installed.
 */
export function packageRoot(from: string = __dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    for (const found of [folder, join(folder, "node_modules", "goldenpath")]) {
      if (packageName(join(found, "package.json")) === "goldenpath") return found;
    }
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
