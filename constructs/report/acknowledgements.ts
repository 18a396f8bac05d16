import { isFields } from "../plan/object";
import { dayOf } from "../radar/day";
import type { Day } from "../services/pinned-version";
import { type Level, levelOf, type Report, type Risk } from "./report";
import { visible } from "./values";

/** Somebody's word that a risk may pass, until a day. */
export interface Acknowledgement {
  /** Id of the risk, as a report prints it. */
  readonly risk: string;
  /** Last day on which it may pass: `2026-12-31`. */
  readonly until: string;
  /** Why it may. */
  readonly reason: string;
}

/** A file of acknowledgements that cannot be read, with every problem: a line each. */
export class WrongAcknowledgements extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
  }
}

const FORM = 'write {"acknowledged": [{"risk": "<id>", "until": "2026-12-31", "reason": "<why>"}]}';
const FIELDS: readonly string[] = ["risk", "until", "reason"];

/**
 * Reads a file of acknowledgements.
 *
 * @param text JSON: `{"acknowledged": [{"risk": "<id>", "until": "2026-12-31", "reason": "<why>"}]}`
 * @throws WrongAcknowledgements with every problem at once
 */
export function readAcknowledgements(text: string): Acknowledgement[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new WrongAcknowledgements([`is no JSON; ${FORM}`]);
  }
  const list = isFields(document) ? document.acknowledged : undefined;
  if (!Array.isArray(list)) throw new WrongAcknowledgements([`acknowledged: is no list; ${FORM}`]);
  const problems = [
    ...Object.keys(document as object)
      .filter((key) => key !== "acknowledged")
      .map((key) => `${visible(key)}: is not known here; leave it out`),
    ...list.flatMap((one, index) => problemsOf(one, `acknowledged[${index}]`)),
  ];
  if (problems.length > 0) throw new WrongAcknowledgements(problems);
  const all = list as readonly Acknowledgement[];
  const twice = all.filter(({ risk }, index) => all.findIndex((other) => other.risk === risk) < index);
  if (twice.length > 0) {
    throw new WrongAcknowledgements(twice.map(({ risk }) => `${visible(risk)}: is there twice; leave one of them out`));
  }
  return [...all];
}

function problemsOf(one: unknown, at: string): string[] {
  if (!isFields(one)) return [`${at}: is no object; ${FORM}`];
  const texts = FIELDS.filter((key) => typeof one[key] !== "string" || !/\S/.test(one[key]));
  const { until } = one;
  return [
    ...texts.map((key) => `${at}.${key}: is no text; ${FORM}`),
    ...(typeof until === "string" && /\S/.test(until) && dayOf(until) === undefined
      ? [`${at}.until: got ${JSON.stringify(visible(until))}; give the last day on which it may pass, 2026-12-31`]
      : []),
    ...Object.keys(one)
      .filter((key) => !FIELDS.includes(key))
      .map((key) => `${at}.${visible(key)}: is not known here; use ${FIELDS.join(", ")}`),
  ];
}

/** A report whose risks say which of them may pass, and what is wrong with the acknowledgements. */
export interface Acknowledged {
  readonly report: Report;
  /** Problems of those that are past, and of those that answer for nothing: a line each, with what to do. */
  readonly problems: readonly string[];
}

/**
 * Lets the risks pass that somebody has answered for.
 *
 * @param today the day it is; one whose last day it is still holds
 */
export function acknowledge(report: Report, all: readonly Acknowledgement[], today: Day): Acknowledged {
  const holds = ({ until }: Acknowledgement): boolean => until >= today;
  const stacks = new Set([...report.stacks.map(({ name }) => name), ...report.environments]);
  const byId = new Map(all.filter(holds).map((one) => [one.risk, one]));
  const ids = new Set(report.risks.map(({ id }) => id));
  const risks = report.risks.map((risk): Risk => {
    const found = byId.get(risk.id);
    return found === undefined
      ? risk
      : { ...risk, acknowledged: { until: found.until, reason: visible(found.reason) } };
  });
  const problems = all.flatMap((one) => {
    const { risk, until } = one;
    // One of a stack that there is no plan of may be needed elsewhere.
    if (!stacks.has(risk.split(":")[1] ?? "")) return [];
    if (!ids.has(risk)) return [`${visible(risk)}: answers for no risk of these plans; take it out`];
    return holds(one)
      ? []
      : [`${visible(risk)}: held until ${until}; look at the risk again, and give another day or take it out`];
  });
  return { report: { ...report, risks }, problems };
}

/** Risks above a level that nobody answers for. */
export const above = ({ risks }: Report, allowed: Level): Risk[] =>
  risks.filter(({ level, acknowledged }) => acknowledged === undefined && levelOf(level) > levelOf(allowed));
