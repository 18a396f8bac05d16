import type { Labels } from "../kubernetes/objects";
import type { LatencyObjective } from "../model/objectives";
import type { Recording } from "./alerts/alert";
import { duration, type Matchers, select } from "./alerts/promql";
import { answering, type Watched } from "./alerts/watched";

/* What workloads promise, as series of requests and of those among them that missed it. */

/** Time over which an objective counts, in days, and its alerts' shares of the budget are reckoned. */
export const OBJECTIVE_DAYS = 30;

/** One promise of one workload. */
export interface Objective {
  readonly workload: string;
  readonly name: "availability" | "latency";
  /** Per cent of requests. */
  readonly percent: number;
  /** Share of requests that may miss it: 0.001 of 99.9. */
  readonly budget: number;
  /** What requests that miss it have done: `been answered with a status of 5xx`. */
  readonly missed: string;
  /** The promise: `99.9% of its requests are answered without a status of 5xx`. */
  readonly promise: string;
  /** Labels of its two series, which select them as well. */
  readonly labels: Labels;
  readonly recordings: readonly [requests: Recording, failures: Recording];
  /** That of the two which is there only if what the objective is of is counted. */
  readonly knownBy: typeof FAILURES_RATE | typeof REQUESTS_RATE;
  /** Upper bound of a bucket, in seconds; of availability none. */
  readonly withinSeconds?: number;
}

/** Requests a second, and those among them that miss the objective. */
export const REQUESTS_RATE = "workload:objective_requests:rate5m";
export const FAILURES_RATE = "workload:objective_failures:rate5m";

/** Time over which requests are counted, in seconds: ten samples, of which some may be missing. */
export const RATE_SECONDS = 300;

const rate = (metric: string, matchers: Matchers): string =>
  `sum(rate(${select(metric, matchers)}[${duration(RATE_SECONDS)}]))`;

/** Per cent as a share, without what binary fractions add. */
const share = (percent: number): number => Number((1 - percent / 100).toPrecision(10));

/** Prometheus 3 writes the bound `1` as `1.0`, Prometheus 2 as the program did. */
const bucket = (seconds: number): RegExp | string =>
  Number.isInteger(seconds) ? new RegExp(String.raw`${seconds}(\.0)?`) : String(seconds);

/** The same of both: its labels, and the two series of them. */
function objective(
  watched: Pick<Watched, "application">,
  given: Omit<Objective, "budget" | "labels" | "recordings">,
  requests: string,
  failures: string,
): Objective {
  const labels = { namespace: watched.application.namespace, workload: given.workload, objective: given.name };
  return {
    ...given,
    budget: share(given.percent),
    labels,
    recordings: [
      { record: REQUESTS_RATE, value: requests, labels },
      { record: FAILURES_RATE, value: failures, labels },
    ],
  };
}

function availability(watched: Pick<Watched, "application">, workload: string, percent: number): Objective {
  const within = { namespace: watched.application.namespace, workload };
  const requests = rate("http_requests_total", within);
  // Where none has failed there is no series of failures.
  const failures = `${rate("http_requests_total", { ...within, status: /5../ })} or vector(0)`;
  const promise = `${percent}% of its requests are answered without a status of 5xx`;
  const missed = "got a status of 5xx";
  return objective(
    watched,
    { workload, name: "availability", percent, promise, missed, knownBy: REQUESTS_RATE },
    requests,
    failures,
  );
}

function latency(
  watched: Pick<Watched, "application">,
  workload: string,
  { percent, withinSeconds }: LatencyObjective,
): Objective {
  const within = { namespace: watched.application.namespace, workload };
  const requests = rate("http_request_duration_seconds_count", within);
  const failures = `${requests}\n- ${rate("http_request_duration_seconds_bucket", { ...within, le: bucket(withinSeconds) })}`;
  const promise = `${percent}% of its requests are answered within ${withinSeconds}s`;
  const missed = `took longer than ${withinSeconds}s`;
  return objective(
    watched,
    { workload, name: "latency", percent, promise, missed, withinSeconds, knownBy: FAILURES_RATE },
    requests,
    failures,
  );
}

/** Every objective of an application, in the order of its workloads. */
export const objectivesOf = (watched: Pick<Watched, "application">): Objective[] =>
  answering(watched).flatMap(({ name, objectives: { availability: percent, latency: within } = {} }) => [
    ...(percent === undefined ? [] : [availability(watched, name, percent)]),
    ...(within === undefined ? [] : [latency(watched, name, within)]),
  ]);
