import { isJsonObject } from "../kubernetes/json";
import type { Answer, Finding } from "./check";

/** There was an answer, and it does not say whether the check holds. */
export class NotUnderstood extends Error {}

export const passed = (found: string): Finding => ({ verdict: "passed", found });
export const failed = (found: string): Finding => ({ verdict: "failed", found });
export const unclear = (found: string): Finding => ({ verdict: "unclear", found });

/** What a deploy would stop at fails, all of it named; what it would change for others is for people to say. `right` is said of neither. */
export function judgedWith(wrong: readonly string[], open: readonly string[], right: string): Finding {
  if (wrong.length > 0) return failed([...wrong, ...open].join("; "));
  return open.length > 0 ? unclear(open.join("; ")) : passed(right);
}

/** The same where there is nothing to say. */
export const judged = (wrong: readonly string[], right: string): Finding => judgedWith(wrong, [], right);

const LONGEST = 300;

/** What looks like a token: of JSON Web Tokens, Google's, AWS's session, and any long run of their letters. */
const TOKEN = /\beyJ[\w.-]+|\bya29\.[\w.-]+|[A-Za-z0-9+/=_-]{80,}/g;

/** The line of a complaint that says what is wrong, for people: short, of one line, without what looks like a token. */
export function complaintOf({ complaint, code }: Pick<Answer, "code" | "complaint">): string {
  const lines = complaint
    .split(/\r?\n/)
    // eslint-disable-next-line no-control-regex -- colours and other orders to a terminal are none of a report's
    .map((line) => line.replaceAll(/\u001b\[[0-9;]*m|[\u0000-\u0008\u000b-\u001f\u007f]/g, "").trim())
    .filter((line) => line !== "");
  const said = lines.find((line) => /error/i.test(line)) ?? lines[0] ?? `exit code ${code}`;
  const masked = said.replaceAll(TOKEN, "…");
  return masked.length > LONGEST ? `${masked.slice(0, LONGEST)}…` : masked;
}

/** The answer at this place: there is one for each command. */
export function answerAt(answers: readonly Answer[], place: number): Answer {
  const answer = answers[place];
  if (answer === undefined) throw new NotUnderstood("a command has no answer");
  return answer;
}

/** What the command printed. @throws NotUnderstood where it failed */
export function textOf(answer: Answer): string {
  if (answer.code !== 0) throw new NotUnderstood(`the command failed: ${complaintOf(answer)}`);
  return answer.text;
}

/** What the command printed, read as JSON. @throws NotUnderstood where it failed, or printed something else */
export function jsonOf(answer: Answer): unknown {
  const text = textOf(answer);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new NotUnderstood("the answer is no JSON");
  }
}

const placeOf = (path: readonly string[]): string => (path.length === 0 ? "the answer" : path.join("."));

/** The value at a path of objects. `undefined` where one of them has no such key. @throws NotUnderstood where one is no object */
export function maybeIn(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((found, key, index) => {
    if (found === undefined || found === null) return undefined;
    if (!isJsonObject(found)) throw new NotUnderstood(`${placeOf(path.slice(0, index))} is no object`);
    return found[key];
  }, value);
}

/** An answer that is a list as a whole. */
export const listOf = (answer: unknown): readonly unknown[] => listIn({ answer }, "answer");

export function listIn(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = maybeIn(value, ...path);
  if (!Array.isArray(found)) throw new NotUnderstood(`${placeOf(path)} is no list`);
  return found;
}

export function textIn(value: unknown, ...path: readonly string[]): string {
  const found = maybeIn(value, ...path);
  if (typeof found !== "string") throw new NotUnderstood(`${placeOf(path)} is no text`);
  return found;
}

/** A number, or the text of one: `az` prints some of them so. */
export function numberIn(value: unknown, ...path: readonly string[]): number {
  const found = maybeIn(value, ...path);
  const number = typeof found === "string" && /^-?\d+(?:\.\d+)?$/.test(found) ? Number(found) : found;
  if (typeof number !== "number" || !Number.isFinite(number)) throw new NotUnderstood(`${placeOf(path)} is no number`);
  return number;
}

/** What of these there is not. */
export const missingIn = (wanted: readonly string[], there: Iterable<string>): string[] => {
  const known = new Set([...there].map((one) => one.toLowerCase()));
  return wanted.filter((one) => !known.has(one.toLowerCase()));
};

/** Whether there is room for what is wanted beside what is in use, whoever uses it. */
export function roomFor(wanted: number, { limit, used }: { readonly limit: number; readonly used: number }): Finding {
  // Azure and Google have -1 where nothing bounds it.
  const found = `wanted ${wanted}, allowed ${limit < 0 ? "without bound" : limit}, in use ${used}`;
  if (limit < 0 || limit >= wanted + used) return passed(found);
  if (limit < wanted) return failed(found);
  return unclear(`${found}: it fits where what is in use is this environment's own, and not beside others'`);
}
