import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";
import { InvalidInput } from "../../constructs/model/problem";
import type { Labels, Three } from "../../constructs/templates/update/text";

const MOST_BYTES = 2 ** 28;

/** Texts are put together the same on every machine: by nobody's settings. */
const ALONE = { GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: devNull, GIT_CEILING_DIRECTORIES: tmpdir() };

function git(cwd: string, args: readonly string[], env: Readonly<Record<string, string>>) {
  const all = { ...process.env, ...env, LC_ALL: "C" };
  const ran = spawnSync("git", args, { cwd, encoding: "utf8", env: all, maxBuffer: MOST_BYTES });
  const error: NodeJS.ErrnoException | undefined = ran.error;
  if (error !== undefined && "code" in error && error.code === "ENOENT") {
    throw new InvalidInput([{ path: ["git"], why: "is not on the PATH", fix: "install it: it puts texts together" }]);
  }
  return { status: ran.status, stdout: ran.stdout };
}

/** Does something in a folder of its own with some files, which only this user can read. */
function withFiles<T>(files: Readonly<Record<string, string>>, act: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "goldenpath-update-"));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return act(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Three texts line by line, with the base in the marks of a conflict. */
export const mergeByGit = (texts: Three, labels: Labels): string =>
  withFiles({ ...texts }, (folder) => {
    const named = [labels.ours, labels.base, labels.theirs].flatMap((label) => ["-L", label]);
    const args = ["merge-file", "-p", "-q", "--diff3", ...named, "ours", "base", "theirs"];
    const { status, stdout } = git(folder, args, ALONE);
    // Up to 127 it is a count of conflicts.
    if (status === null || status > 127) throw new Error(`git merge-file ended with ${status}`);
    return stdout;
  });

/** Lines that differ, as `git diff` shows them, without heads. */
export const differenceByGit = (base: string, theirs: string): readonly string[] =>
  withFiles({ base, theirs }, (folder) => {
    const args = [
      "diff",
      "--no-index",
      "--no-color",
      "--no-ext-diff",
      "--no-indent-heuristic",
      "--unified=0",
      "base",
      "theirs",
    ];
    const lines = git(folder, args, ALONE).stdout.split("\n");
    return lines
      .slice(lines.findIndex((line) => line.startsWith("@@")))
      .filter((line) => line !== "")
      .map((line) => line.replace(/^(@@ [^@]* @@).*/, "$1"));
  });

/**
 * What of some files is not as the last commit has it.
 *
 * @returns nothing where the folder is in no repository of git
 */
export function uncommitted(root: string, paths: readonly string[]): readonly string[] | undefined {
  const own = { GIT_OPTIONAL_LOCKS: "0", GIT_LITERAL_PATHSPECS: "1" };
  const { status, stdout: prefix } = git(root, ["rev-parse", "--show-prefix"], own);
  if (status !== 0) return undefined;
  const args = ["status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--ignored=matching"];
  const said = git(root, [...args, "--", ...paths], own);
  if (said.status !== 0) throw new Error(`git status ended with ${said.status}`);
  const above = prefix.replace(/\n$/, "");
  // A folder of which nothing is known to git is named instead of its files.
  return said.stdout
    .split("\0")
    .filter((entry) => entry !== "")
    .map((entry) => entry.slice(3))
    .map((path) => (path.startsWith(above) ? path.slice(above.length) : path));
}
