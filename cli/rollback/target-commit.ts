import { type Asked, NotSynthesized, type Synthesized, synthesizedAt } from "./before";
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
  const changes = async (from: number): Promise<number> => {
    for (let index = from; index < candidates.length; index++) {
      const { sha, before } = candidates[index] ?? {};
      if (sha === undefined || before === undefined) break;
      if ((await synthesized(sha)).stack !== (await synthesized(before)).stack) return index;
    }
    return candidates.length;
  };
  let index = await changes(0);
  for (let commit = candidates[index]; commit?.before !== undefined; commit = candidates[index]) {
    // Whoever went back by other words left what is in between: what is there after it was there before one of those.
    const left = await backFrom(index, candidates, synthesized);
    if (left === undefined) {
      const now = await synthesized(await tools.commits.named("HEAD"));
      return { takenBack: [commit], now, before: await synthesized(commit.before) };
    }
    index = await changes(left + 1);
  }
  throw new NoCommits(
    `none of the last ${candidates.length} commits that nobody took back changed the stack ${asked.stack}; name the commit to go back to with --to`,
  );
}

/** Changes before one that are looked at to see whether it went back. */
const BEHIND = 4;

function unknown(error: unknown): undefined {
  if (!(error instanceof NotSynthesized)) throw error;
}

/** Index of the change that one took back, if it did without saying so: the stack after it is the stack before that. */
async function backFrom(
  index: number,
  candidates: readonly Commit[],
  synthesized: (sha: string) => Promise<Synthesized>,
): Promise<number | undefined> {
  const { stack } = await synthesized(candidates[index]?.sha ?? "");
  for (let older = index + 1; older < Math.min(index + 1 + BEHIND, candidates.length); older++) {
    const before = candidates[older]?.before;
    // What today's packages do not run says nothing.
    const was = before === undefined ? undefined : await synthesized(before).catch(unknown);
    if (was?.stack === stack) return older;
  }
  return undefined;
}

/** Most commits that are taken back at once. */
const MOST = 30;

/**
 * Finds all that came after a commit and changed the application's stack.
 *
 * @throws NoCommits where it is not behind HEAD, or nothing of the stack has changed since
 * @throws NotSynthesized for a commit that the packages of now do not run
 */
export async function allSince(name: string, asked: Asked, tools: Tools): Promise<Target> {
  const { commits, files } = tools;
  const sha = await commits.named(name);
  if (!(await commits.isBehind(sha))) throw new NoCommits(`--to: ${name} is no commit before HEAD`);
  const later = await commits.since(sha, files);
  if (later.length > MOST) {
    throw new NoCommits(
      `--to: ${later.length} commits came after ${name}, and ${MOST} are taken back at most; name a later one`,
    );
  }
  const synthesized = once(asked, tools);
  // What changed other environments alone stays as it is.
  const takenBack: Commit[] = [];
  for (const commit of later) {
    if (commit.before === undefined) continue;
    if ((await synthesized(commit.sha)).stack !== (await synthesized(commit.before)).stack) takenBack.push(commit);
  }
  const [now, before] = [await synthesized(await commits.named("HEAD")), await synthesized(sha)];
  if (takenBack.length === 0 || now.stack === before.stack) {
    throw new NoCommits(`--to: the stack ${asked.stack} is what it was at ${name}`);
  }
  return { takenBack, now, before };
}
