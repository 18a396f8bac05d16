/* What a workload promises to those who send it requests. */

/** Promises of a workload, one of the two at least. Both are of thirty days, and of requests that reached it. */
export interface Objectives {
  /** Per cent of its requests that are not answered with a status of 5xx, from 95 to 99.999: `99.9`. @default - nothing is promised */
  readonly availability?: number;
  /** @default - nothing is promised */
  readonly latency?: LatencyObjective;
}

export interface LatencyObjective {
  /** Per cent of its requests, from 95 to 99.999. */
  readonly percent: number;
  /** Time within which they are answered, in seconds: one of the bounds at which the workload counts (`metrics.buckets`). */
  readonly withinSeconds: number;
}

/** Bounds in seconds that the client libraries of Prometheus for Node, PHP, Go, Python and Java have all of, unless told others. */
export const BUCKETS: readonly number[] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
