import { AssetType, TerraformAsset } from "cdktf";
import type { Construct } from "constructs";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A folder of this package, copied into the stack's output under a hash of what is in it. */
export function folderAsset(scope: Construct, id: string, folder: string): TerraformAsset {
  return new TerraformAsset(scope, id, { path: folder, type: AssetType.DIRECTORY, assetHash: folderHash(folder) });
}

/** The framework's own hash depends on the order in which the file system lists files, and not on their names. */
export function folderHash(folder: string): string {
  return filesHash(folder, filesOf(folder, ""));
}

/** The same of some files of it, by their paths with `/` on every system. */
export function filesHash(folder: string, files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of [...files].sort()) {
    const content = readFileSync(join(folder, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex").slice(0, 32);
}

/** Paths below the folder. */
function filesOf(folder: string, prefix: string): string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = prefix === "" ? entry.name : `${prefix}/${entry.name}`;
    return entry.isDirectory() ? filesOf(folder, path) : [path];
  });
}
