import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { filesBelow } from "../terraform/swap/changes";
import { Staging } from "../terraform/swap/staging";
import type { Files } from "./output";

/** A file that is not as it should be. `text` is what it should be; without one it should not be there. */
export interface Change {
  readonly file: string;
  readonly text?: string;
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

const contents = (path: string): string | undefined => (isFile(path) ? readFileSync(path, "utf8") : undefined);

/**
 * What there is to change below a root, in the order of paths.
 *
 * @param files as `renderTargets` returns them
 * @param owned folders with nothing in them but such files: anything else there is stale
 */
export function changes(root: string, files: Files, owned: readonly string[]): Change[] {
  const wanted = Object.entries(files);
  const stale = owned
    .flatMap((folder) => filesBelow(join(root, folder)).map((file) => join(folder, file)))
    .filter((file) => files[file] === undefined)
    .map((file) => ({ file }));
  const outdated = wanted
    .filter(([file, text]) => contents(join(root, file)) !== text)
    .map(([file, text]) => ({ file, text }));
  return [...outdated, ...stale].sort((a, b) => (a.file < b.file ? -1 : 1));
}

/**
 * Makes all changes, or none: files are written beside the root's own and renamed when all of them are there.
 *
 * @throws InvalidInput where something is in the way of one
 */
export function apply(root: string, changes: readonly Change[]): void {
  const staging = new Staging(root, join(root, ".rendered."));
  try {
    const written = changes.flatMap(({ file, text }) => (text === undefined ? [] : [{ file, text }]));
    for (const { file, text } of written) {
      const path = join(staging.files, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      // A script stays one that can be started.
      if (isFile(join(root, file))) chmodSync(path, statSync(join(root, file)).mode);
    }
    const removed = changes.flatMap(({ file, text }) => (text === undefined ? [file] : []));
    staging.commit(() => ({ written: written.map(({ file }) => file), removed }));
  } finally {
    staging.discard();
  }
}

/** One line for people. */
export const describe = ({ file, text }: Change): string =>
  text === undefined ? `${file}: nothing renders it` : `${file}: not what the model renders`;
