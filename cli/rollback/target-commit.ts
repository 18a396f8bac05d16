import { type Asked, type Synthesized, synthesizedAt } from "./before";
import { type Commit, type Commits, NoCommits, standing } from "./commits";
import type { Programs } from "./programs";

/** Commits that are taken back, newest first, and what the environment was before them. */
export interface Target {
  readonly takenBack: readonly Commit[];
  readonly now: Synthesized;
  readonly before: Synthesized;
}

interface Tools {
  readonly commits: Commits;
  readonly programs: Programs;
  /** Files of the program, from its root. */
  readonly files: readonly string[];
}

/** Commits that are synthesized in search of the one that changed the environment, at most. */
const LOOKED_AT = 12;

/** Synthesizes each commit once. */
function once(asked: Asked, tools: Tools): (sha: string) => Promise<Synthesized> {
  const known = new Map<string, Promise<Synthesized>>();
  return (sha) => {
    const found = known.get(sha) ?? synthesizedAt(sha, asked, tools);
    known.set(sha, found);
    return found;
  };
}

/**
 * Finds the newest commit that stands and changed the application's stack. What came after it and changed nothing of that is left alone; of a
 * branch that was merged it is all that it brought.
 *
 * @throws NoCommits where there is none
 * @throws NotSynthesized for a commit that the packages of now do not run
 */
export async function newestChange(asked: Asked, tools: Tools): Promise<Target> {
  const candidates = standing(await tools.commits.changing(tools.files)).slice(0, LOOKED_AT);
  const synthesized = once(asked, tools);
  for (const commit of candidates) {
    if (commit.before === undefined) break;
    const [after, before] = [await synthesized(commit.sha), await synthesized(commit.before)];
    if (after.stack !== before.stack) {
      return { takenBack: [commit], now: await synthesized(await tools.commits.named("HEAD")), before };
    }
  }
  throw new NoCommits(
    `none of the last ${candidates.length} commits that nobody took back changed the stack ${asked.stack}; name the commit to go back to with --to`,
  );
}

/**
 * Finds all that came after a commit.
 *
 * @throws NoCommits where it is not behind HEAD, or nothing of the stack has changed since
 * @throws NotSynthesized for a commit that the packages of now do not run
 */
export async function allSince(name: string, asked: Asked, tools: Tools): Promise<Target> {
  const { commits, files } = tools;
  const sha = await commits.named(name);
  if (!(await commits.isBehind(sha))) throw new NoCommits(`--to: ${name} is no commit before HEAD`);
  const takenBack = await commits.since(sha, files);
  const synthesized = once(asked, tools);
  const [now, before] = [await synthesized(await commits.named("HEAD")), await synthesized(sha)];
  if (takenBack.length === 0 || now.stack === before.stack) {
    throw new NoCommits(`--to: the stack ${asked.stack} is what it was at ${name}`);
  }
  return { takenBack, now, before };
}
