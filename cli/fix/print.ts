import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Mended } from "../../constructs/model-json/mending";
import { countOf, formatProblem } from "../../constructs/model/problem";
import { line } from "../../constructs/releases/shell";
import { patchBase, pathIn } from "./base";
import { edited, patchOf } from "./patch";

/**
 * Prints the patch, and on standard error what it does not mend.
 *
 * @param root the program's folder, absolute
 */
export function print(found: readonly Mended[], root: string): void {
  const base = patchBase(root);
  const placed = found.map(({ problem, edit }) => {
    const file = edit && join(root, edit.file);
    // No patch of this repository reaches what is outside of it.
    const name = file && pathIn(base, file);
    return file === undefined || name === undefined ? { problem } : { problem, file, name, edit };
  });
  const names = new Map(placed.flatMap(({ file, name }) => (file === undefined ? [] : [[name, file] as const])));
  for (const [name, file] of [...names].sort()) {
    const before = readFileSync(file, "utf8");
    const own = placed.flatMap(({ edit, file: of }) => (edit !== undefined && of === file ? [edit] : []));
    process.stdout.write(patchOf(name, before, edited(before, own)));
  }
  const left = placed.filter(({ file }) => file === undefined).map(({ problem }) => problem);
  const mended = placed.filter(({ file }) => file !== undefined).map(({ problem }) => problem);
  const said = [
    `${countOf(mended)} mended by the patch, ${left.length} left`,
    ...left.map((problem) => `  ${formatProblem(problem)}`),
  ];
  // git passes over files that are not below the folder in which it is started, without a word.
  if ([...names.values()].some((file) => pathIn(process.cwd(), file) === undefined)) {
    const git = ["git", "-C", relative(process.cwd(), base) || ".", "apply"];
    said.push(`it has files outside of this folder: goldenpath fix | ${line(git)}`);
  }
  process.stderr.write(`${said.join("\n")}\n`);
}
