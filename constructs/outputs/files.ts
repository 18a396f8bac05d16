import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { filesBelow } from "../terraform/swap/changes";
import { Staging } from "../terraform/swap/staging";
import type { Files } from "./output";

/** A file that is not as it should be. `text` is what it should be, or bytes of what is no text; without one it should not be there. */
export interface Change {
  readonly file: string;
  readonly text?: string | Uint8Array;
  /** Whether it can be started by its path. @default - as before; a new one cannot */
  readonly executable?: boolean;
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

const contents = (path: string): string | undefined => (isFile(path) ? readFileSync(path, "utf8") : undefined);

/**
 * What there is to change below a root, in the order of paths.
 *
 * @param files as `renderTargets` returns them
 * @param owned folders with nothing in them but such files, and such files: anything else there is stale
 */
export function changes(root: string, files: Files, owned: readonly string[]): Change[] {
  const wanted = Object.entries(files);
  const stale = owned
    .flatMap((place) =>
      isFile(join(root, place)) ? [place] : filesBelow(join(root, place)).map((file) => join(place, file)),
    )
    .filter((file) => files[file] === undefined)
    .map((file) => ({ file }));
  const outdated = wanted
    .filter(([file, text]) => contents(join(root, file)) !== text)
    .map(([file, text]) => ({ file, text }));
  return [...outdated, ...stale].sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** Who may read it may start it, or nobody may. */
const modeOf = (mode: number, executable: boolean): number =>
  executable ? mode | ((mode & 0o444) >> 2) : mode & ~0o111;

/** What is kept meanwhile is beside the root's own files. */
const prefixOf = (root: string): string => join(root, ".rendered.");

/** Whether changes below a root are half made: by a process that was killed, or that is at it. */
export const isHalfMade = (root: string): boolean => existsSync(join(`${prefixOf(root)}next`, "changes.json"));

/**
 * Ends changes that a process has begun which was killed. Whoever looks for what there is to change does this first: it would look at
 * half of theirs, and the rest of it would be made over what was found.
 */
export function endHalfMade(root: string): void {
  if (isHalfMade(root)) new Staging(root, prefixOf(root)).discard();
}

/**
 * Makes all changes, or none: files are written beside the root's own and renamed when all of them are there.
 *
 * @param look last look before the first change, when nobody else is writing: throws where it is not to be made any more
 * @throws InvalidInput where something is in the way of one
 */
export function apply(root: string, changes: readonly Change[], look: () => void = () => undefined): void {
  const staging = new Staging(root, prefixOf(root));
  try {
    const written = changes.flatMap((change) => (change.text === undefined ? [] : [{ ...change, text: change.text }]));
    for (const { file, text, executable } of written) {
      const path = join(staging.files, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      // A script stays one that can be started.
      const mode = isFile(join(root, file)) ? statSync(join(root, file)).mode & 0o7777 : undefined;
      const wanted = executable === undefined ? mode : modeOf(mode ?? 0o644, executable);
      if (wanted !== undefined) chmodSync(path, wanted);
    }
    const removed = changes.flatMap(({ file, text }) => (text === undefined ? [file] : []));
    staging.commit(() => {
      look();
      return { written: written.map(({ file }) => file), removed };
    });
  } finally {
    staging.discard();
  }
}

/** One line for people. */
export const describe = ({ file, text }: Change): string =>
  text === undefined ? `${file}: nothing renders it` : `${file}: not what the model renders`;
