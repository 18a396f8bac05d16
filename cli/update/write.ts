import { InvalidInput, refuse } from "../../constructs/model/problem";
import { apply, type Change } from "../../constructs/outputs/files";
import type { Found } from "../../constructs/templates/update/plan";
import { foundIn } from "./found";
import { uncommitted } from "./git";
import type { Recorded } from "./records";

/** Files that are named one by one. */
const MOST_NAMED = 20;

/**
 * Has everything that would be written over in git, so that it can be taken back.
 *
 * @throws InvalidInput where it is not
 */
export function checkCommitted(root: string, changes: readonly Change[], command: string): void {
  const found = uncommitted(
    root,
    changes.map(({ file }) => file),
  );
  if (found === undefined) {
    const why = "is in no repository of git, so that nothing could be taken back";
    const fix = `git init and commit, or goldenpath ${command} --anyway`;
    throw new InvalidInput([{ path: ["folder"], got: root, why, fix }]);
  }
  const named = found.slice(0, MOST_NAMED).map((file) => ({
    path: [file],
    why: "has changes that are not committed",
    fix: "commit or stash them",
  }));
  const more = found.length - named.length;
  refuse([...named, ...(more > 0 ? [{ path: ["folder"], why: `${more} more of them`, fix: "git status" }] : [])]);
}

/**
 * Writes all of it, or nothing.
 *
 * @param read what the changes were made of
 * @throws InvalidInput where somebody has written meanwhile, or something is in the way
 */
export function writeChanges(
  { root, file, text }: Recorded,
  changes: readonly Change[],
  read: ReadonlyMap<string, Found | undefined>,
): void {
  const before = new Map([...read, [file, { text, executable: false }] as const]);
  apply(root, changes, () => {
    const others = changes.filter(({ file: path }) => {
      const [was, is] = [before.get(path), foundIn(root, path)];
      return was?.text !== is?.text || (was === undefined) !== (is === undefined);
    });
    refuse(others.map((one) => ({ path: [one.file], why: "was changed meanwhile", fix: "run it again" })));
  });
}
