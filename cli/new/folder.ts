import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { InvalidInput } from "../../constructs/model/problem";
import { apply } from "../../constructs/outputs/files";

/** A file to be written. */
export interface Written {
  /** Path from the folder. */
  readonly path: string;
  readonly text: string;
  readonly executable: boolean;
}

/** What is at a path; where a file is in the middle of it, nothing is. */
function thereAt(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOTDIR") return undefined;
    throw error;
  }
}

/** Paths of files that are there already, or that something else is in the way of. */
export function inTheWay(folder: string, paths: readonly string[]): readonly string[] {
  return paths.filter((path) => {
    const parts = path.split("/");
    return parts.some((_, index) => {
      const part = join(folder, ...parts.slice(0, index + 1));
      const there = thereAt(part);
      return there !== undefined && (index === parts.length - 1 || !there.isDirectory());
    });
  });
}

/** Whether there is nothing in it. A folder that is not there has nothing in it. */
export const isEmpty = (folder: string): boolean => !existsSync(folder) || readdirSync(folder).length === 0;

/** What a system says that lets nobody write, as a sentence. */
const DENIED: Readonly<Record<string, string>> = {
  EACCES: "may not be written to by this user",
  EPERM: "may not be written to by this user",
  EROFS: "is on a file system that is read only",
  ENOSPC: "is on a file system that is full",
  ENOTDIR: "has a file in its path",
  EEXIST: "has a file in its path",
  ENOENT: "is where no file can be",
};

/**
 * Writes files into a folder, all or none: one with nothing in it takes the place of another in which all of them are; in any other they are written
 * beside it and renamed. What an interrupted run has left is removed by the next one. A link to a folder is that folder.
 *
 * @throws InvalidInput where the system does not let it
 */
export function writeAll(folder: string, files: readonly Written[]): void {
  const refused = (why: string, fix: string): InvalidInput =>
    new InvalidInput([{ path: ["folder"], got: folder, why, fix }]);
  const isLink = thereAt(folder)?.isSymbolicLink() === true;
  if (isLink && !existsSync(folder)) throw refused("is a link to nothing", "choose another name, or remove it");
  try {
    write(isLink ? realpathSync(folder) : folder, files);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    const why = DENIED[code];
    if (why === undefined) throw error;
    throw refused(why, "choose another folder");
  }
}

function write(folder: string, files: readonly Written[]): void {
  if (!isEmpty(folder)) {
    apply(
      folder,
      files.map(({ path, text, executable }) => ({ file: path, text, ...(executable && { executable }) })),
    );
    return;
  }
  mkdirSync(dirname(folder), { recursive: true });
  const prefix = join(dirname(folder), `.${basename(folder)}.new-`);
  for (const left of readdirSync(dirname(folder))) {
    if (left.startsWith(basename(prefix))) rmSync(join(dirname(folder), left), { recursive: true });
  }
  const made = mkdtempSync(prefix);
  try {
    for (const { path, text, executable } of files) {
      mkdirSync(dirname(join(made, path)), { recursive: true });
      writeFileSync(join(made, path), text, { mode: executable ? 0o755 : 0o644 });
    }
    chmodSync(made, 0o755);
    renameSync(made, folder);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}
