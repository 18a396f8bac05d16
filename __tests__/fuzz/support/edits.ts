import { differenceByGit } from "../../../cli/update/git";
import type { Random } from "./random";

/** Lines that are taken out of a text, and what comes in their place. */
export interface Hunk {
  /** Line before which it begins, from 0. */
  readonly at: number;
  readonly removed: number;
  readonly added: readonly string[];
}

/** Lines of a text that ends with a line end. */
export const linesOf = (text: string): string[] => text.replace(/\n$/, "").split("\n");

/** What a later version changes in a text. */
export function hunksOf(base: string, theirs: string): Hunk[] {
  if (base === theirs) return [];
  const after = linesOf(theirs);
  return differenceByGit(base, theirs).flatMap((line) => {
    const [, old, removed = "1", now, added = "1"] = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@$/.exec(line) ?? [];
    if (old === undefined) return [];
    // Of an empty side the line before it is told.
    const at = Number(old) - (removed === "0" ? 0 : 1);
    const first = Number(now) - (added === "0" ? 0 : 1);
    return [{ at, removed: Number(removed), added: after.slice(first, first + Number(added)) }];
  });
}

/** A text after some hunks, none of which touch. */
export function after(base: string, hunks: readonly Hunk[]): string {
  const lines = linesOf(base);
  for (const { at, removed, added } of [...hunks].sort((a, b) => b.at - a.at)) lines.splice(at, removed, ...added);
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}

/** Whether a line stands between two hunks at least: else they are two edits of one place. */
const isApart = (one: Hunk, other: Hunk): boolean =>
  one.at + one.removed < other.at || other.at + other.removed < one.at;

/**
 * Edits of somebody else, apart from those of a later version and from each other: lines put in, taken out, and put in place of others.
 *
 * @param form what a line of this kind of file may be
 */
export function editsApart(random: Random, base: string, theirs: readonly Hunk[], form: Form): Hunk[] {
  const count = linesOf(base).length;
  const edits: Hunk[] = [];
  for (let tried = 0; tried < 4; tried++) {
    const edit = form.edit(random, linesOf(base), random.between(0, count));
    if (edit !== undefined && [...theirs, ...edits].every((other) => isApart(edit, other))) edits.push(edit);
  }
  // A line that is taken out of several that are the same may as well be the next one, which stands beside what is changed.
  const seen = hunksOf(base, after(base, edits));
  return seen.every((one) => theirs.every((other) => isApart(one, other))) ? edits : [];
}

/** How lines of a kind of file are edited, so that what could be read before can be read afterwards. */
export interface Form {
  edit(random: Random, lines: readonly string[], at: number): Hunk | undefined;
}

let count = 0;

/** A line that is nowhere else. */
const ours = (random: Random): string => `${" ".repeat(random.between(0, 4))}ours ${count++} ${random.between(0, 1e6)}`;

export const TEXT: Form = {
  edit(random, lines, at) {
    const added = Array.from({ length: random.between(0, 3) }, () => ours(random));
    const removed = Math.min(random.between(0, 2), lines.length - at);
    return added.length + removed === 0 ? undefined : { at, removed, added };
  },
};

/** A member more at the beginning of an object of JSON. */
export const JSON_OBJECT: Form = {
  edit: (_, lines, at) =>
    lines[at - 1]?.endsWith("{") === true ? { at, removed: 0, added: [`"ours ${count++}": "x",`] } : undefined,
};
