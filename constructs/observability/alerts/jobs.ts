import type { CronJob } from "../../kubernetes/objects";
import { nameOfAllRevisions } from "../../kubernetes/revision";
import { longestPause } from "../../model/cron-times";
import { type Alert, alert, STEP_SECONDS } from "./alert";
import { humanizeDuration } from "./in-words";
import { duration, select } from "./promql";
import { ahead, steady } from "./series";
import { nameOf, ofKind, type Watched } from "./watched";

/* Runs that fail, and runs that do not come. */

const FAILED = "kube_job_failed";
const STARTED = "kube_job_status_start_time";
const SUCCEEDED = "kube_cronjob_status_last_successful_time";
const CREATED = "kube_cronjob_created";
const SUSPENDED = "kube_cronjob_spec_suspend";

export const jobAlerts = (watched: Watched): Alert[] => [
  ...ofKind(watched, "CronJob").flatMap((one) => [failed(watched, one), overdue(watched, one)]),
  ...jobsByWorkload(watched).map(([workload, names]) => jobFailed(watched, workload, names)),
];

/** Names of Jobs without their revisions, by the workload or data service that they are of. */
function jobsByWorkload(watched: Watched): (readonly [string, readonly string[]])[] {
  const names = new Map<string, string[]>();
  for (const job of ofKind(watched, "Job")) {
    const workload = nameOf(job, watched);
    names.set(workload, [...(names.get(workload) ?? []), nameOfAllRevisions(job.metadata)]);
  }
  return [...names];
}

/** Runs of a CronJob: its name and the minute for which they were planned. */
const runsOf = ({ metadata }: CronJob): RegExp => new RegExp(`${metadata.name}-[0-9]+`);

/** The last run that failed is newer than the last one that did not. */
function failed(watched: Watched, object: CronJob): Alert {
  const workload = nameOf(object, watched);
  const { namespace } = watched.application;
  const of = { namespace, cronjob: object.metadata.name };
  const run = (number: string, started: number, isFailed: number) => {
    const labels = { namespace, job_name: `${object.metadata.name}-${number}` };
    return [
      steady(STARTED, labels, started, 60),
      steady(FAILED, { ...labels, condition: "true" }, isFailed, 60),
      steady(FAILED, { ...labels, condition: "false" }, 1 - isFailed, 60),
    ];
  };
  const succeeded = steady(SUCCEEDED, of, 100, 60);
  const failures = select(FAILED, { namespace, job_name: runsOf(object), condition: "true" });
  return alert({
    name: "CronJobFailed",
    value:
      `max(${select(STARTED, { namespace })} and on (job_name) ${failures} == 1)` +
      ` - (max(${select(SUCCEEDED, of)}) or vector(0))`,
    is: ">",
    threshold: 0,
    forSeconds: 60,
    severity: "warning",
    within: { namespace },
    pins: ["job_name", "condition", "cronjob"],
    labels: { workload },
    says: () => ({
      summary: `The last run of ${workload} failed`,
      description: `A run of ${workload} has failed with all its retries, and none has succeeded since`,
    }),
    proof: {
      firing: [...run("29300000", 101, 1), succeeded],
      quiet: [
        // Failed before the last one that did not.
        [...run("29300000", 100, 1), succeeded],
        // And another one goes on.
        [...run("29299995", 99, 1), ...run("29300000", 101, 0), succeeded],
      ],
      firesAt: 60,
      shows: "1",
    },
  });
}

/** The longest time that may pass between two runs that succeed: a pause of the schedule, a late start and a long run. */
const patience = ({ spec }: CronJob): number =>
  longestPause(spec.schedule) + spec.startingDeadlineSeconds + spec.jobTemplate.spec.activeDeadlineSeconds;

function overdue(watched: Watched, object: CronJob): Alert {
  const workload = nameOf(object, watched);
  const within = { namespace: watched.application.namespace, cronjob: object.metadata.name };
  const seconds = patience(object);
  const since = (metric: string, ago: number, suspended = 0) => [
    ahead(metric, within, -ago, 60),
    steady(SUSPENDED, within, suspended, 60),
  ];
  return alert({
    name: "CronJobOverdue",
    value: `time() - max(${select(SUCCEEDED, within)} or ${select(CREATED, within)}) unless on () max(${select(SUSPENDED, within)}) == 1`,
    is: ">",
    threshold: seconds,
    forSeconds: 60,
    severity: "warning",
    within,
    labels: { workload },
    shownBy: "humanizeDuration",
    says: ({ value }) => ({
      summary: `${workload} has not run`,
      description: `No run of ${workload} has succeeded for ${value}; by its schedule and deadlines one does at least every ${duration(seconds)}`,
    }),
    proof: {
      // The first run has not succeeded yet.
      firing: since(CREATED, seconds + STEP_SECONDS),
      quiet: [since(SUCCEEDED, seconds), since(SUCCEEDED, seconds + STEP_SECONDS, 1)],
      firesAt: 60,
      shows: humanizeDuration(seconds + STEP_SECONDS),
    },
  });
}

/** Jobs of a release: one has failed for good, and what comes after it has not changed. `names` are without revisions. */
function jobFailed({ application: { namespace } }: Watched, workload: string, names: readonly string[]): Alert {
  const all = names.map((name) => `${name}-[0-9a-f]{8}`);
  const within = { namespace, job_name: new RegExp(all.join("|")), condition: "true" };
  const job = `${names[0] ?? workload}-0a1b2c3d`;
  const is = (value: number) => [steady(FAILED, { ...within, job_name: job }, value, 60)];
  return alert({
    name: "JobFailed",
    value: `max by (job_name) (${select(FAILED, within)})`,
    is: "==",
    threshold: 1,
    forSeconds: 60,
    severity: "critical",
    within,
    labels: { workload },
    says: ({ label }) => ({
      summary: `${workload} failed`,
      description: `Job ${label("job_name")} has failed with all its retries: what a release changes after it is as it was`,
    }),
    proof: { firing: is(1), quiet: [is(0)], firesAt: 60, labels: { job_name: job }, shows: "1" },
  });
}
