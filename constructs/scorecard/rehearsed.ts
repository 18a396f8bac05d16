import { own } from "../model/own";
import { type ApplicationSubject, inOverlay, type Judgement, met, UNKNOWN, unmet } from "./rule";

/** Days for which a rehearsal says something: people, tools and sizes are others after half a year. */
const COUNTS_DAYS = 180;

const DAY_MS = 86_400_000;

const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

/** Whether what promises say of some holdings was tried. Of those without a promise nothing is asked here. */
export function rehearsal(subject: ApplicationSubject, holdings: readonly string[]): Judgement {
  const { support, document } = subject;
  if (support === undefined) return UNKNOWN;
  const { on } = support;
  const found = holdings.map((name) => ({ name, day: own(document.recovery, name)?.rehearsed }));
  const write = inOverlay(subject, "recovery");
  const todo = (name: string): string =>
    `bring ${JSON.stringify(name)} back by its runbook, and say the day as "rehearsed"`;
  const [never] = found.filter(({ day }) => day === undefined);
  if (never !== undefined) return unmet(`nobody has brought ${never.name} back on purpose`, write, todo(never.name));
  const days = found.map(({ name, day = on }) => ({ name, day, ago: daysBetween(day, on) }));
  const [early] = days.filter(({ ago }) => ago < 0);
  if (early !== undefined) return unmet(`${early.name} is to be rehearsed on ${early.day}`, write, todo(early.name));
  const [late] = days.filter(({ ago }) => ago > COUNTS_DAYS);
  if (late !== undefined) return unmet(`${late.name} was last rehearsed ${late.ago} days ago`, write, todo(late.name));
  return met(days.map(({ name, day }) => (days.length === 1 ? `on ${day}` : `${name} on ${day}`)).join(", "));
}

/** What both rules of it ask. */
export const REHEARSED = `somebody has brought it back on purpose within ${COUNTS_DAYS} days`;
