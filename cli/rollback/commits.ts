import type { Programs } from "./programs";
import { reason } from "./programs";

/* Commits of a repository, by git. Nothing here changes one. */

export interface Commit {
  readonly sha: string;
  readonly subject: string;
  readonly merge: boolean;
  /** Commits that it takes back. */
  readonly reverts: readonly string[];
  /** First parent, whose tree is what was there before. @default - it is the first one */
  readonly before?: string;
}

/** Git does not answer, or the repository is not as it has to be. */
export class NoCommits extends Error {}

/** Commits that are looked at, at most. */
const MOST = 50;

export class Commits {
  constructor(private readonly programs: Programs) {}

  /**
   * Commits that changed one of the files, newest first, along the first parents: of a merge what it brought, as one.
   *
   * @throws NoCommits where git does not know
   */
  changing(files: readonly string[]): Promise<readonly Commit[]> {
    return this.#log(`--max-count=${MOST}`, "HEAD", files);
  }

  /** The same of what came after a commit, all of it. */
  since(sha: string, files: readonly string[]): Promise<readonly Commit[]> {
    return this.#log(`^${sha}`, "HEAD", files);
  }

  /** Full name of a commit that was given by any name. */
  async named(name: string): Promise<string> {
    return (await this.#git("rev-parse", "--verify", "--end-of-options", `${name}^{commit}`)).trim();
  }

  /** Branch and commit on which the repository is, for people. */
  async here(): Promise<string> {
    const [branch, commit] = [
      await this.#git("rev-parse", "--abbrev-ref", "HEAD"),
      await this.#git("rev-parse", "--short", "HEAD"),
    ].map((text) => text.trim());
    return `${branch ?? ""} at ${commit ?? ""}`;
  }

  /** Files that were changed and not committed. */
  async uncommitted(): Promise<readonly string[]> {
    const said = await this.#git("status", "--porcelain", "--untracked-files=no");
    return said.split("\n").flatMap((text) => (text === "" ? [] : [text.slice(3)]));
  }

  /** Whether one is among the first parents of HEAD, or is it. What a merge brought from beside is not. */
  async isBehind(sha: string): Promise<boolean> {
    return (await this.#git("rev-list", "--first-parent", "HEAD")).split("\n").includes(sha);
  }

  /**
   * Says why what is here cannot be what is deployed, in a line.
   *
   * @returns nothing where it may be, and where the branch follows no other
   */
  async notDeployed(): Promise<string | undefined> {
    if ((await this.#git("rev-parse", "--abbrev-ref", "HEAD")).trim() === "HEAD") {
      return "HEAD is on no branch; switch to the one that the environment is deployed from";
    }
    const behind = await this.programs.ask(["git", "rev-list", "--count", "HEAD..@{upstream}"]);
    if (behind.code !== 0 || behind.stdout.trim() === "0") return undefined;
    return `the branch is ${behind.stdout.trim()} commits behind the one that it follows; pull first`;
  }

  /** Reverts that are here and not on the branch that this one follows, newest first. @returns none where it follows no other */
  async unpushedReverts(): Promise<readonly Commit[]> {
    const follows = await this.programs.ask(["git", "rev-parse", "--verify", "--quiet", "@{upstream}"]);
    if (follows.code !== 0) return [];
    return (await this.#log("^@{upstream}", "HEAD", [])).filter(({ reverts }) => reverts.length > 0);
  }

  /**
   * Writes the tree of a commit into a folder, all of the repository, by an index of its own.
   *
   * @returns the program's folder in it, from that folder: empty, or with a slash at its end
   */
  async writeInto(folder: string, sha: string): Promise<string> {
    const index = { GIT_INDEX_FILE: `${folder}.index` };
    const prefix = (await this.#git("rev-parse", "--show-prefix")).trim();
    // Below the top, git would write what is below alone.
    const top = ["-C", (await this.#git("rev-parse", "--show-toplevel")).trim()];
    await this.#gitWith(index, ...top, "read-tree", sha);
    await this.#gitWith(index, ...top, "checkout-index", "--all", `--prefix=${folder}/`);
    return prefix;
  }

  async #log(which: string, head: string, files: readonly string[]): Promise<readonly Commit[]> {
    const format = ["--format=%H%x1f%P%x1f%s%x1f%b%x1e", "--first-parent"];
    const said = await this.#git("log", ...format, which, head, "--", ...files);
    const all = said
      .split("\x1e")
      .map((text) => text.trim())
      .filter((text) => text !== "")
      .map(commitOf);
    return Promise.all(all.map((one) => this.#withMerged(one)));
  }

  /** Adds to a merge what the commits that it brought take back: the words are behind its second parent. */
  async #withMerged(commit: Commit): Promise<Commit> {
    if (!commit.merge) return commit;
    const bodies = await this.#git("log", "--format=%b", `${commit.sha}^1..${commit.sha}^2`);
    return { ...commit, reverts: [...new Set([...commit.reverts, ...revertsIn(bodies)])] };
  }

  #git(...args: readonly string[]): Promise<string> {
    return this.#gitWith({}, ...args);
  }

  async #gitWith(env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<string> {
    const said = await this.programs.ask(["git", ...args], env);
    if (said.code !== 0) throw new NoCommits(`git ${args[0] ?? ""}: ${reason(said)}`);
    return said.stdout;
  }
}

function revertsIn(body: string): string[] {
  return [...body.matchAll(/This reverts commit ([0-9a-f]{40})/g)].flatMap(([, reverted]) => reverted ?? []);
}

function commitOf(text: string): Commit {
  const [sha = "", parents = "", subject = "", body = ""] = text.split("\x1f");
  const all = parents.split(" ").filter((one) => one !== "");
  const [before] = all;
  return {
    sha,
    subject,
    merge: all.length > 1,
    reverts: revertsIn(body),
    ...(before !== undefined && { before }),
  };
}

/** Words of the command that takes a commit back by another one. */
export const revertWords = ({ sha, merge }: Commit): readonly string[] => [
  ...["git", "revert", "--no-edit", ...(merge ? ["-m", "1"] : [])],
  sha.slice(0, 12),
];

/** Those that stand: no commit that takes another one back, and none that was taken back. Twice is as if never. */
export function standing(commits: readonly Commit[]): readonly Commit[] {
  const gone = new Set<string>();
  return commits.filter((one) => {
    if (gone.has(one.sha)) return false;
    for (const reverted of one.reverts) gone.add(reverted);
    return one.reverts.length === 0;
  });
}
