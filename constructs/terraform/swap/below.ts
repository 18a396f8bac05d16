import { existsSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, join, normalize, relative, sep } from "node:path";

/** Whether a path that a file brings is one below a folder, as it is written: whoever edits the file leads nobody out of it. */
export function isBelow(path: unknown): path is string {
  if (typeof path !== "string" || path === "" || path.includes("\0")) return false;
  const plain = normalize(path);
  return (
    !isAbsolute(path) &&
    plain !== "." &&
    plain !== ".." &&
    !plain.startsWith(`..${sep}`) &&
    !/^(?:\w:|[\\/])/.test(path)
  );
}

const existing = (path: string): string => (existsSync(path) ? path : existing(dirname(path)));

/** Whether it is one below the folder on the disk too, where a link on the way may lead out. */
export function staysBelow(folder: string, path: string): boolean {
  if (!isBelow(path)) return false;
  const way = relative(realpathSync(folder), realpathSync(existing(dirname(join(folder, path)))));
  return way === "" || isBelow(way);
}
