import type { Construct } from "constructs";
import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { InvalidInput } from "../model/problem";
import { folderAsset } from "./folder-asset";

/** What `TerraformHclModule` is given of a module in a folder. */
export interface LocalModule {
  /** Path from the folder of the stack. */
  readonly source: string;
  /** The framework's own way wants every such folder named in `cdktf.json`, and hashes files in the order of the disk. */
  readonly skipAssetCreationFromLocalModules: true;
}

/**
 * Copies a Terraform module of the program beside its stack, so that the stack can be planned, exported and moved as it is. Another
 * content is another `source`: `terraform init` has to follow, and addresses stay.
 *
 * @param scope what the module is a part of: the copy is `ModuleFolder` below it
 * @param folder from the folder of `package.json`: `modules/orders-search`. It must have nothing in it that is not the module's
 * @throws InvalidInput where it is no folder
 */
export function localModule(scope: Construct, folder: string): LocalModule {
  const path = resolve(programFolder(), folder);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
    const why = "is no folder of a Terraform module";
    const fix = "name one from the folder of package.json";
    throw new InvalidInput([{ path: scope.node.path.split("/"), got: folder, why, fix }]);
  }
  const { path: copy } = folderAsset(scope, "ModuleFolder", path);
  return { source: `./${copy}`, skipAssetCreationFromLocalModules: true };
}

/** The folder of the program, also where it is run from below that. */
function programFolder(): string {
  const here = resolve();
  for (let at = here; ; at = dirname(at)) {
    if (existsSync(join(at, "package.json"))) return at;
    if (at === dirname(at)) return here;
  }
}
