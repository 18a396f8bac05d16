import type { Construct } from "constructs";
import { statSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { refuse } from "../model/problem";
import { FolderCopy } from "./folder-copy";
import { CONFIGURATION, moduleFiles } from "./module-folder";
import { programFolder } from "./program-folder";

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
 * Left out is what an engine leaves there and what only a root module reads: `.terraform`, the lock file, states, plans, `*.tfvars`, crash
 * logs and `.git`.
 *
 * @param scope what the module is a part of: the copy is `ModuleFolder` below it
 * @param folder from the folder of the `package.json` nearest above the file that calls: `modules/orders-search`; or absolute, as a package
 *   gives one of its own. It must have nothing in it that is not the module's
 * @throws InvalidInput with every problem at once: it is no folder, a file of it is a link to nothing or to a folder or cannot be read, a
 *   module in it has another one from outside of it
 */
export function localModule(scope: Construct, folder: string): LocalModule {
  const path = scope.node.path.split("/");
  const program = isAbsolute(folder) ? "" : programFolder(localModule);
  if (program === undefined) {
    const why = "a path from nowhere: no file of a program with a package.json calls";
    const fix =
      'give an absolute one, as of join(dirname(require.resolve("@acme/kinds/package.json")), "modules/search")';
    refuse([{ path, got: folder, why, fix }]);
  }
  const absolute = join(program ?? "", folder);
  if (statSync(absolute, { throwIfNoEntry: false })?.isDirectory() !== true) {
    const why = "is no folder of a Terraform module";
    const fix = "name one from the folder of the package.json nearest above the file that calls localModule()";
    refuse([{ path, got: folder, why, fix }]);
  }
  const { files, flaws } = moduleFiles(absolute);
  refuse(flaws.map(({ at, ...flaw }) => ({ ...flaw, path, at: join(folder, at) })));
  if (!files.some((file) => !file.includes("/") && CONFIGURATION.test(file))) {
    const [why, fix] = ["has no file of Terraform in it", "name the folder that has main.tf"];
    refuse([{ path, got: folder, why, fix }]);
  }
  const { path: copy } = new FolderCopy(scope, "ModuleFolder", { folder: absolute, files });
  return { source: `./${copy}`, skipAssetCreationFromLocalModules: true };
}
