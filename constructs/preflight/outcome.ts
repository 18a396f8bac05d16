import { NotUnderstood } from "./answers";
import type { Answer, Check, Checklist, Finding, Words } from "./check";

/** Why a command has no answer. */
export interface NoAnswer {
  /** The program is not on this machine; or it took too long and was ended, or could not be started. */
  readonly none: "absent" | "stopped";
  readonly says: string;
}

/** Runs one command, which reads, and gives back what it answered. Never throws. */
export type Ask = (words: Words) => Promise<Answer | NoAnswer>;

/** A check, and what was found. */
export interface Outcome extends Finding {
  readonly check: Check;
}

export interface Preflight {
  readonly environment: string;
  /** Outcomes in the order of the checklist. */
  readonly outcomes: readonly Outcome[];
  readonly unasked: readonly string[];
}

const isNone = (answer: Answer | NoAnswer): answer is NoAnswer => "none" in answer;

/** Each command once, however many checks ask it, and so many at one time. */
function once(ask: Ask, parallel: number): Ask {
  const asked = new Map<string, Promise<Answer | NoAnswer>>();
  const waiting: (() => void)[] = [];
  let running = 0;
  const bounded = async (words: Words): Promise<Answer | NoAnswer> => {
    if (running >= parallel) {
      await new Promise<void>((go) => waiting.push(go));
    } else {
      running += 1;
    }
    try {
      return await ask(words);
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
  return (words) => {
    const key = JSON.stringify(words);
    const found = asked.get(key) ?? bounded(words);
    asked.set(key, found);
    return found;
  };
}

const notAsked = (found: string): Finding => ({ verdict: "not asked", found });

/**
 * Asks all that can be asked: a check waits for those that it comes after, and is not asked where one of them did not pass. What has no
 * answer, or one that is not understood, never passes.
 *
 * @param parallel how many commands run at one time, at least 1
 */
export async function runChecks(
  { environment, checks, unasked }: Checklist,
  ask: Ask,
  parallel = 4,
): Promise<Preflight> {
  const command = once(ask, parallel);
  const found = new Map<string, Promise<Finding>>();
  for (const check of checks) {
    const before = check.after.map((id) => found.get(id) ?? Promise.resolve(notAsked("it is not on the list")));
    found.set(check.id, findingOf(check, before, command));
  }
  const outcomes = await Promise.all(
    checks.map(async (check) => ({ check, ...(await (found.get(check.id) ?? Promise.resolve(notAsked("")))) })),
  );
  return { environment, outcomes, unasked };
}

async function findingOf(check: Check, before: readonly Promise<Finding>[], ask: Ask): Promise<Finding> {
  const first = await Promise.all(before);
  const missed = check.after.filter((_, index) => first[index]?.verdict !== "passed");
  if (missed.length > 0) return notAsked(`${missed.join(" and ")} did not pass`);
  if (check.ask.length === 0) return notAsked("no command reads it: see to it by hand");
  const answers = await Promise.all(check.ask.map(ask));
  const none = answers.filter(isNone);
  const [absent] = none.filter((one) => one.none === "absent");
  if (absent !== undefined) return check.absent ?? notAsked(absent.says);
  if (none[0] !== undefined) return { verdict: "unclear", found: none[0].says };
  return judged(
    check,
    answers.filter((one): one is Answer => !isNone(one)),
  );
}

function judged(check: Check, answers: readonly Answer[]): Finding {
  try {
    return check.judge(answers);
  } catch (error) {
    if (error instanceof NotUnderstood) return { verdict: "unclear", found: error.message };
    throw error;
  }
}

/** How many outcomes have each verdict. */
export const countOf = ({ outcomes }: Pick<Preflight, "outcomes">, verdict: Finding["verdict"]): number =>
  outcomes.filter((one) => one.verdict === verdict).length;
