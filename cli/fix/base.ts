import { spawnSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { isAbsolute, join, relative, sep } from "node:path";

/**
 * Folder from which a patch names its files: the top of the repository that a folder is in, as git takes them from there wherever it is started.
 * Where there is no repository, or no git, the folder itself.
 */
export function patchBase(folder: string): string {
  const { status, stdout } = spawnSync("git", ["rev-parse", "--show-toplevel"], { cwd: folder, encoding: "utf8" });
  const said = status === 0 ? stdout.replace(/\r?\n$/, "") : "";
  return realpathSync(said === "" ? folder : said);
}

/** Path of a file from a folder, with slashes; `undefined` where it is not in it. */
export function pathIn(folder: string, file: string): string | undefined {
  const path = relative(folder, join(realpathSync(join(file, "..")), file.slice(file.lastIndexOf(sep) + 1)));
  return path === ".." || path.startsWith(`..${sep}`) || isAbsolute(path) ? undefined : path.replaceAll(sep, "/");
}
