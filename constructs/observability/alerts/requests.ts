import { type Alert, alert, type Series } from "./alert";
import { select } from "./promql";
import { growing } from "./series";
import { answering, type Watched } from "./watched";

/* What people who use the application feel, as the application itself measures it. */

/** Limits of the reference application: a share of requests, and seconds. */
export const ERROR_LIMIT = 0.05;
export const P95_LIMIT = 1;

const REQUESTS = "http_requests_total";
const DURATION = "http_request_duration_seconds_bucket";

/** A rate needs two samples; then it has to stay so. */
const FIRES_AT = 30 + 300;

/** Alerts of the workloads that answer requests and tell of them. */
export function requestAlerts(watched: Watched): Alert[] {
  const [first] = answering(watched);
  return first === undefined ? [] : [highErrorRate(watched, first.name), highResponseTime(watched, first.name)];
}

function highErrorRate({ application: { namespace } }: Watched, workload: string): Alert {
  const within = { namespace };
  const rate = (matchers = {}): string =>
    `sum by (workload) (rate(${select(REQUESTS, { ...within, ...matchers })}[5m]))`;
  const failing = (perSecond: number): Series[] => [
    growing(REQUESTS, { ...within, workload, pod: "a", status: "200" }, 1000 - perSecond, FIRES_AT),
    growing(REQUESTS, { ...within, workload, pod: "b", status: "503" }, perSecond, FIRES_AT),
  ];
  return alert({
    name: "HighErrorRate",
    value: `${rate({ status: /5../ })}\n/ ${rate()}`,
    is: ">",
    threshold: ERROR_LIMIT,
    forSeconds: 300,
    severity: "critical",
    within,
    labels: {},
    shownBy: "humanizePercentage",
    says: ({ label, value }) => ({
      summary: `${label("workload")} fails`,
      description: `${label("workload")} has answered ${value} of its requests with a status of 5xx for five minutes; the limit is 5%`,
    }),
    proof: {
      firing: failing(51),
      quiet: [failing(50)],
      firesAt: FIRES_AT,
      labels: { workload },
      shows: "5.1%",
    },
  });
}

function highResponseTime({ application: { namespace } }: Watched, workload: string): Alert {
  const within = { namespace };
  const buckets = (within1s: number): Series[] =>
    [
      ["0.5", 90],
      // Prometheus 3 writes 1.0 where the program wrote 1; both are the same bucket.
      ["1", within1s],
      ["2", 100],
      ["+Inf", 100],
    ].map(([le, perSecond]) =>
      growing(DURATION, { ...within, workload, pod: "a", le: String(le) }, Number(perSecond), FIRES_AT),
    );
  return alert({
    name: "HighResponseTime",
    value: `histogram_quantile(0.95, sum by (workload, le) (rate(${select(DURATION, within)}[5m])))`,
    is: ">",
    threshold: P95_LIMIT,
    forSeconds: 300,
    severity: "warning",
    within,
    labels: {},
    shownBy: "humanizeDuration",
    says: ({ label, value }) => ({
      summary: `${label("workload")} is slow`,
      description: `One of twenty requests to ${label("workload")} has taken ${value} or longer for five minutes; the limit is 1s`,
    }),
    proof: {
      firing: buckets(94),
      quiet: [buckets(95)],
      firesAt: FIRES_AT,
      labels: { workload },
      shows: "1.167s",
    },
  });
}
