import type { Severity } from "../alertmanager";
import {
  FAILURES_RATE,
  type Objective,
  OBJECTIVE_DAYS,
  objectivesOf,
  RATE_SECONDS,
  REQUESTS_RATE,
} from "../objectives";
import { type Alert, alert, STEP_SECONDS } from "./alert";
import { perCent } from "./in-words";
import { measuredFor, proofOf } from "./objective-proofs";
import { duration, select } from "./promql";
import type { Watched } from "./watched";

/*
 * Objectives that are about to be missed: of the errors that they allow in thirty days too many are spent within a time. Times
 * and factors are those of the Site Reliability Workbook, chapter 5; how long it has to be so those of kubernetes-mixin.
 */

/** A pace of spending the budget: within the long time, and still within the short one, so that it ends when the errors do. */
export interface Pace {
  readonly name: string;
  readonly longSeconds: number;
  readonly shortSeconds: number;
  /** How many times faster than the objective allows. */
  readonly factor: number;
  /** Part of the budget that is spent when it has been so for the long time, in per cent. */
  readonly spent: number;
  readonly forSeconds: number;
  readonly severity: Severity;
}

const HOUR = 3600;
const DAY = 24 * HOUR;
const FAST = { name: "ErrorBudgetBurningFast", severity: "critical" } as const;
const SLOW = { name: "ErrorBudgetBurning", severity: "warning" } as const;

export const PACES: readonly [Pace, ...Pace[]] = [
  { ...FAST, longSeconds: HOUR, shortSeconds: RATE_SECONDS, factor: 14.4, spent: 2, forSeconds: 120 },
  { ...FAST, longSeconds: 6 * HOUR, shortSeconds: HOUR / 2, factor: 6, spent: 5, forSeconds: 900 },
  { ...SLOW, longSeconds: DAY, shortSeconds: 2 * HOUR, factor: 3, spent: 10, forSeconds: HOUR },
  { ...SLOW, longSeconds: 3 * DAY, shortSeconds: 6 * HOUR, factor: 1, spent: 10, forSeconds: 3 * HOUR },
];

/** Fewest requests that have missed it within the long time: one at night is a large part of few. */
export const FLOOR = 10;

/** Time after which an objective of which nothing is known is told: a night without a request is none. */
const UNMEASURED_SECONDS = 6 * HOUR;

export const objectiveAlerts = (watched: Watched): Alert[] =>
  objectivesOf(watched).flatMap((objective) => [
    ...PACES.map((pace) => burning(objective, pace)),
    unmeasured(objective),
  ]);

/** Share of the requests of a time that missed the objective. */
export function missedWithin({ labels }: Pick<Objective, "labels">, seconds: number): string {
  const of = (metric: string): string =>
    seconds === RATE_SECONDS
      ? select(metric, labels)
      : `sum_over_time(${select(metric, labels)}[${duration(seconds)}])`;
  return `${of(FAILURES_RATE)} / ${of(REQUESTS_RATE)}`;
}

function burning(objective: Objective, { name, longSeconds, shortSeconds, factor, spent, forSeconds, severity }: Pace) {
  const { labels, workload, percent, missed, recordings } = objective;
  const threshold = Number((factor * objective.budget).toPrecision(10));
  const [long, days] = [duration(longSeconds), Number((OBJECTIVE_DAYS / factor).toPrecision(2))];
  return alert({
    name,
    value: [
      // The smaller of the two.
      `(${missedWithin(objective, longSeconds)}`,
      `< ${missedWithin(objective, shortSeconds)}`,
      `or ${missedWithin(objective, shortSeconds)})`,
      // Each sample stands for the requests of one step.
      `and ${STEP_SECONDS} * sum_over_time(${select(FAILURES_RATE, labels)}[${long}]) >= ${FLOOR}`,
    ].join("\n"),
    is: ">",
    threshold,
    forSeconds,
    severity,
    within: { namespace: labels["namespace"] ?? "", workload },
    labels: { workload, objective: objective.name, window: long },
    recordings,
    shownBy: "humanizePercentage",
    says: ({ value }) => ({
      summary: `${workload} is about to miss its objective of ${objective.name}`,
      description:
        `${value} or more of the requests to ${workload} ${missed}, within ${long} and within ${duration(shortSeconds)}. Of the ` +
        `errors that ${percent}% allows in thirty days ${spent}% are gone when ${perCent(threshold)} do so for ${long}, and all in ${days} days`,
    }),
    proof: proofOf(objective, { longSeconds, shortSeconds, forSeconds, threshold, floor: FLOOR }),
  });
}

function unmeasured(objective: Objective): Alert {
  const { labels, workload, name, recordings, promise, knownBy } = objective;
  return alert({
    name: "ObjectiveUnmeasured",
    value: `absent(${select(knownBy, labels)})`,
    is: "==",
    threshold: 1,
    forSeconds: UNMEASURED_SECONDS,
    severity: "warning",
    within: { namespace: labels["namespace"] ?? "", workload },
    labels: { workload, objective: name },
    recordings,
    says: () => ({
      summary: `Nobody knows whether ${workload} meets its objective of ${name}`,
      description: `Nothing has been measured for six hours of what ${workload} promises: ${promise}`,
    }),
    proof: {
      firing: [],
      ...measuredFor(objective, UNMEASURED_SECONDS),
      firesAt: UNMEASURED_SECONDS,
      shows: "1",
      // There was nothing to end.
      whenGone: "stays",
    },
  });
}
