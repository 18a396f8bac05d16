import type { EnvironmentDocument } from "../model-json/schema";
import { type Grade, SMALL } from "./rule";
import { gradeOf, isBelow, type Judged, type Score, scorecardOf } from "./score";

/** A part whose grade is lower than it was. */
export interface Fall {
  readonly name?: string;
  readonly list: Score["list"];
  readonly from: Grade;
  readonly to: Grade;
  /** What is missing now and was there, of the grades that are lost. */
  readonly lost: readonly Judged[];
}

/**
 * Finds the parts of an application whose grade falls. Both sides are judged by today's rules, and by those alone that both documents
 * answer: one of an earlier release that lacks a field has lost nothing. What is new had no grade to fall from.
 */
export function fallsOf(
  environment: string,
  application: string,
  { base, head }: { readonly base: EnvironmentDocument; readonly head: EnvironmentDocument },
): Fall[] {
  const [was, now] = [base, head].map((document) => scorecardOf(environment, document, application));
  if (was === undefined || now === undefined) return [];
  return now.parts.flatMap((part) => {
    const before = was.parts.find(({ list, name }) => list === part.list && name === part.name);
    return before === undefined ? [] : fallOf(before, part);
  });
}

/** Whether a rule was asked before: of an environment that becomes production, what production alone is asked was never there. */
const isAnswer = ({ judgement }: Judged): boolean =>
  judgement.is !== "unknown" && !(judgement.is === "aside" && judgement.why === SMALL);

function fallOf(before: Score, now: Score): Fall[] {
  const answered = now.judged.flatMap((one) => {
    const other = before.judged.find(({ rule }) => rule === one.rule);
    const isKnown = other !== undefined && isAnswer(other) && one.judgement.is !== "unknown";
    return isKnown ? [{ was: other, is: one }] : [];
  });
  const from = gradeOf(answered.map(({ was }) => was));
  const to = gradeOf(answered.map(({ is }) => is));
  if (!isBelow(to, from)) return [];
  const lost = answered
    .filter(({ was, is }) => is.judgement.is === "unmet" && was.judgement.is !== "unmet")
    .map(({ is }) => is)
    .filter(({ grade }) => !isBelow(from, grade));
  return [{ ...(now.name !== undefined && { name: now.name }), list: now.list, from, to, lost }];
}
