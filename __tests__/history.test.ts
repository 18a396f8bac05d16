import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { KEPT } from "./upgrades/support/kept";

/* What this repository says of a commit can be looked up: whoever is told of one has it. */

const ROOT = join(__dirname, "..");

/** Commits that lead to this one, by their whole hashes; none where there is no history, as in an archive. */
function history(): readonly string[] {
  try {
    const said = execFileSync("git", ["rev-list", "HEAD"], { cwd: ROOT, encoding: "utf8", stdio: "pipe" });
    return said.trim().split("\n");
  } catch {
    return [];
  }
}

/** Hashes of commits in a page: seven digits or eight, one of them a letter and one a figure. */
const hashesOf = (text: string): string[] => [
  ...new Set(text.match(/\b(?=\d*[a-f])(?=[a-f]*\d)[\da-f]{7,8}\b/g) ?? []),
];

const commits = history();
const isThere = (hash: string): boolean => commits.some((commit) => commit.startsWith(hash));
const [oldest] = KEPT;

test("hashes are found in a page, and words and numbers are none", () => {
  expect(hashesOf("by a1b2c3d at 0a1b2c3d, 20261130, defaced, 1.2.3, 0123456789abcdef and a1b2c3d")).toEqual([
    "a1b2c3d",
    "0a1b2c3d",
  ]);
});

// A clone of the last commits alone can't tell, and says so by what was skipped.
const whole = oldest !== undefined && isThere(oldest.commit) ? test : test.skip;

whole.each(KEPT.map(({ version, commit }) => [version, commit]))("%s stood at %s", (_, commit) => {
  expect(isThere(commit)).toBe(true);
});

// Evidence names commits of the day. A machine that tries a merge may have put them together, so there people look for themselves.
const pages = ["docs/guide/upgrade.md", "CHANGELOG.md", ...(process.env.CI === undefined ? ["docs/evidence.md"] : [])];

whole.each(pages)("every commit that %s names is there", (file) => {
  const named = hashesOf(readFileSync(join(ROOT, file), "utf8"));
  expect(named.length).toBeGreaterThan(2);
  expect(named.filter((hash) => !isThere(hash))).toEqual([]);
});
