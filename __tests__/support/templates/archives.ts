import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Archive } from "../../../constructs/templates/archive";
import { archivesOf, sourcesOf } from "../../../scripts/templates/archives";

const ROOT = resolve(__dirname, "../../..");

let built: Promise<readonly Archive[]> | undefined;

/** Archives of every template as it stands in this repository, built once in a process. */
export function builtArchives(): Promise<readonly Archive[]> {
  return (built ??= build());
}

/** In the tree, so that packages are found from there. */
async function build(): Promise<readonly Archive[]> {
  mkdirSync(join(ROOT, ".cache"), { recursive: true });
  const folder = mkdtempSync(join(ROOT, ".cache", "templates-"));
  try {
    return await archivesOf(ROOT, sourcesOf(ROOT), folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
