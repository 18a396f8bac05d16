import type { Labels } from "../../kubernetes/objects";
import { FAILURES_RATE, type Objective, REQUESTS_RATE } from "../objectives";
import { type AlertSpec, type Series, STEP_SECONDS } from "./alert";
import { perCent } from "./in-words";
import { steady } from "./series";

/* Requests by which promtool sees a budget burn, and sees what only looks like it. */

/** So many steps, with so many requests a second, of which so many miss the objective. */
type Phase = readonly [steps: number, requests: number, failures: number];

export interface ProvedPace {
  readonly longSeconds: number;
  readonly shortSeconds: number;
  readonly forSeconds: number;
  /** Share of requests. */
  readonly threshold: number;
  /** Fewest failures. */
  readonly floor: number;
}

/** Requests a second of all phases but some. */
const REQUESTS = 10_000;

/** Steps beyond the one at which the alert fires. */
const MORE = 30;

/** Steps for which a rate remembers what was before, and one. */
const REMEMBERED = 11;

/** Longest time that is played through with what was before it: promtool would take minutes for the others, which differ in numbers alone. */
const LONGEST_SECONDS = 3600;

const steps = (seconds: number): number => Math.ceil(seconds / STEP_SECONDS);

/** Digits that decimal fractions have, without what binary ones add. */
const exact = (value: number): number => Number(value.toPrecision(12));

/** A counter through phases, from its first sample 0 on. */
function counter(
  metric: string,
  labels: Labels,
  phases: readonly (readonly [steps: number, perSecond: number])[],
): Series {
  let total = 0;
  const tokens = phases.map(([count, perSecond]) => {
    const growth = exact(perSecond * STEP_SECONDS);
    const token = `${exact(total + growth)}+${growth}x${count - 1}`;
    total += growth * count;
    return token;
  });
  return { metric, labels, values: ["0", ...tokens].join(" ") };
}

/** The requests as the workload counts them. */
export function counted({ labels: of, withinSeconds }: Objective, phases: readonly Phase[]): Series[] {
  const { namespace = "", workload = "" } = of;
  const labels = { namespace, workload };
  if (withinSeconds === undefined) {
    const good = phases.map(([count, requests, failures]) => [count, requests - failures] as const);
    const bad = phases.map(([count, , failures]) => [count, failures] as const);
    return [
      counter("http_requests_total", { ...labels, pod: "a", status: "200" }, good),
      counter("http_requests_total", { ...labels, pod: "b", status: "503" }, bad),
    ];
  }
  const half = (of: (phase: Phase) => number) => phases.map((phase) => [phase[0], of(phase) / 2] as const);
  const [all, good] = [half(([, requests]) => requests), half(([, requests, failures]) => requests - failures)];
  const bound = String(withinSeconds);
  // Prometheus 3 writes 1.0 where the program wrote 1: of two pods one was asked by each.
  const bounds = Number.isInteger(withinSeconds) ? [bound, `${bound}.0`] : [bound, bound];
  return bounds.flatMap((le, index) => {
    const pod = { ...labels, pod: index === 0 ? "a" : "b" };
    return [
      counter("http_request_duration_seconds_count", pod, all),
      counter("http_request_duration_seconds_bucket", { ...pod, le }, good),
      counter("http_request_duration_seconds_bucket", { ...pod, le: "+Inf" }, all),
    ];
  });
}

/** The same series of others, which would be called for. */
const ofOthers = ({ labels }: Pick<Objective, "labels">, fires: number): Series[] =>
  Object.entries(labels).flatMap(([label, value]) =>
    [REQUESTS_RATE, FAILURES_RATE].map((metric) =>
      steady(metric, { ...labels, [label]: `other-${value}` }, REQUESTS, fires * STEP_SECONDS),
    ),
  );

/** What the alert of a pace is proved by. */
export function proofOf(objective: Objective, pace: ProvedPace): AlertSpec["proof"] {
  const { longSeconds, shortSeconds, forSeconds, threshold, floor } = pace;
  const [long, short] = [steps(longSeconds), steps(shortSeconds)];
  const played = longSeconds <= LONGEST_SECONDS;
  // Steps without a request, so that there is room for what was before.
  const before = played ? long + 100 : 1;
  const fires = before + steps(forSeconds);
  const failing = (share: number): Series[] =>
    counted(objective, [
      ...(before > 1 ? [[before - 1, 0, 0] as const] : []),
      [fires - before + 1 + MORE, REQUESTS, exact(share * REQUESTS)],
    ]);
  // Halfway to where nothing is answered well, and no further than a higher threshold would let pass.
  const burning = exact(Math.min(threshold * 1.05, (threshold + 1) / 2));
  const few = exact((floor - 1) / (played ? long : fires + MORE) / STEP_SECONDS);
  return {
    firing: failing(burning),
    beside: ofOthers(objective, fires),
    quiet: [
      failing(threshold),
      counted(objective, [[fires + MORE, few, few]]),
      ...(played ? [over(objective, short, fires), burst(objective, pace, fires)] : []),
    ],
    firesAt: fires * STEP_SECONDS,
    shows: perCent(burning),
    // What is over for the short time is over; the longer ones still have it when the series are gone.
    whenGone: short > REMEMBERED ? "stays" : "silent",
  };
}

/** Everything failed, and for the short time nothing has. */
function over(objective: Objective, short: number, fires: number): Series[] {
  const [failed, well] = [20, short + REMEMBERED];
  return counted(objective, [
    [fires - failed - well, 0, 0],
    [failed, REQUESTS, REQUESTS],
    [well + MORE, REQUESTS, 0],
  ]);
}

/** Much failed before the long time, and now some does for the short time. */
function burst(objective: Objective, { longSeconds, shortSeconds, forSeconds, threshold }: ProvedPace, fires: number) {
  const [failed, well] = [10, steps(longSeconds) + REMEMBERED];
  const share = Math.min(1, 7 * threshold);
  const long = Math.ceil((steps(shortSeconds) * threshold) / share) + steps(forSeconds) + 5;
  return counted(objective, [
    [fires - failed - well - long, 0, 0],
    [failed, 200 * REQUESTS, 200 * REQUESTS],
    [well, REQUESTS, 0],
    [long, REQUESTS, exact(share * REQUESTS)],
    [MORE, REQUESTS, 0],
  ]);
}

/** Series beside an objective that nobody measures, and those of one that is measured for so long and kept. */
export const measuredFor = (objective: Objective, seconds: number) => ({
  beside: ofOthers(objective, steps(seconds)),
  quiet: [counted(objective, [[steps(seconds) + MORE, 1, 0]])],
});
