import type { Edit } from "../../constructs/model-json/mending";

/** Lines around a change that are shown, as `git diff` shows them. */
const AROUND = 3;

/** The text with every edit. */
export function edited(text: string, edits: readonly Edit[]): string {
  const once = new Map(edits.map((edit) => [edit.start, edit]));
  const last = [...once.values()].sort((one, other) => other.start - one.start);
  return last.reduce((all, { start, end, text: new_ }) => all.slice(0, start) + new_ + all.slice(end), text);
}

/** Lines with what ends each: a line that ends otherwise is another one. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** A name as git reads it back. */
const quoted = (name: string): string => (/[\t\n"\\]/.test(name) ? JSON.stringify(name) : name);

/**
 * A patch of one file in the form that `git apply` takes. Edits have no line of their own: before and after have the same number of lines.
 *
 * @param file path from the repository's root, with slashes
 */
export function patchOf(file: string, before: string, after: string): string {
  const [was, is] = [linesOf(before), linesOf(after)];
  const changed = was.flatMap((line, index) => (line === is[index] ? [] : [index]));
  const hunks: { from: number; to: number }[] = [];
  for (const index of changed) {
    const [from, to] = [Math.max(0, index - AROUND), Math.min(was.length, index + AROUND + 1)];
    const open = hunks.at(-1);
    if (open !== undefined && from <= open.to) open.to = to;
    else hunks.push({ from, to });
  }
  const name = (side: string): string => quoted(`${side}/${file}`);
  return [
    `diff --git ${name("a")} ${name("b")}`,
    `--- ${name("a")}`,
    `+++ ${name("b")}`,
    ...hunks.flatMap(({ from, to }) => hunk(was, is, from, to)),
    "",
  ].join("\n");
}

function hunk(was: readonly string[], is: readonly string[], from: number, to: number): string[] {
  const at = `${from + 1},${to - from}`;
  const lines = [`@@ -${at} +${at} @@`];
  const say = (mark: string, line: string): void => {
    if (line.endsWith("\n")) lines.push(mark + line.slice(0, -1));
    else lines.push(mark + line, "\\ No newline at end of file");
  };
  for (let index = from; index < to;) {
    if (was[index] === is[index]) {
      say(" ", was[index] ?? "");
      index += 1;
      continue;
    }
    let end = index;
    while (end < to && was[end] !== is[end]) end += 1;
    for (const line of was.slice(index, end)) say("-", line);
    for (const line of is.slice(index, end)) say("+", line);
    index = end;
  }
  return lines;
}
