import type { CronJob } from "../../kubernetes/objects";
import type { ResolvedBackups } from "../../model/backups";
import { BACKUP_SUFFIXES } from "../../model/names";
import { formatSpan } from "../../model/recovery";
import type { ResolvedApplication } from "../../model/resolved";
import { type Alert, alert, STEP_SECONDS } from "./alert";
import { humanizeDuration } from "./in-words";
import { select } from "./promql";
import { ahead } from "./series";
import { nameOf, ofKind, type Watched } from "./watched";

/* What is promised of lost data, and holds as long as copies are made. */

const SUCCEEDED = "kube_cronjob_status_last_successful_time";
const CREATED = "kube_cronjob_created";

/** The server starts, its users are made and the first run comes: an hour after it was planned there has to be a copy. */
const FIRST_COPY_SECONDS = 3600;

/** A data service in the cluster with a promise, and the CronJob by which it is kept: the one that runs oftener. */
interface Promised {
  readonly service: string;
  readonly cronJob: CronJob;
  readonly rpoSeconds: number;
}

/** What copies the changes of a service: its log where that is copied, and else all of it. */
const copying = (backups: ResolvedBackups): string =>
  backups.logMinutes === undefined ? BACKUP_SUFFIXES.whole : BACKUP_SUFFIXES.log;

/** Service whose changes the CronJob of this name copies. */
const copiedBy = ({ services }: ResolvedApplication, name: string): string | undefined =>
  services.find(
    ({ name: service, sizing: { backups } }) => backups !== undefined && `${service}-${copying(backups)}` === name,
  )?.name;

/** Services that are copied: what is promised of them is as old as the last copy of what changed. */
export const promisedCopies = (watched: Watched): Promised[] =>
  ofKind(watched, "CronJob").flatMap((cronJob) => {
    const service = copiedBy(watched.application, nameOf(cronJob, watched));
    const promise = service === undefined ? undefined : watched.application.recovery[service];
    return service === undefined || promise === undefined ? [] : [{ service, cronJob, rpoSeconds: promise.rpoSeconds }];
  });

/** Suspended or not: what is promised is not kept. So both ask nothing but the time. */
export const backupAlerts = (watched: Watched): Alert[] =>
  promisedCopies(watched).flatMap((promised) => [tooOld(watched, promised), never(watched, promised)]);

const condition = ({ application: { namespace } }: Watched, { cronJob, service }: Promised) =>
  ({
    name: "BackupOlderThanPromised",
    is: ">",
    forSeconds: 60,
    severity: "critical",
    within: { namespace, cronjob: cronJob.metadata.name },
    labels: { service },
    shownBy: "humanizeDuration",
  }) as const;

function tooOld(watched: Watched, promised: Promised): Alert {
  const { rpoSeconds, service } = promised;
  const asked = condition(watched, promised);
  const since = (ago: number) => [ahead(SUCCEEDED, asked.within, -ago, 60)];
  return alert({
    ...asked,
    value: `time() - max(${select(SUCCEEDED, asked.within)})`,
    threshold: rpoSeconds,
    says: ({ value }) => ({
      summary: `${service} would lose more than promised`,
      description: `The last copy of the changes of ${service} is ${value} old, and no more than ${formatSpan(rpoSeconds)} may be lost`,
    }),
    proof: {
      firing: since(rpoSeconds + STEP_SECONDS),
      quiet: [since(rpoSeconds)],
      firesAt: 60,
      shows: humanizeDuration(rpoSeconds + STEP_SECONDS),
    },
  });
}

/** Nothing was ever copied: counted from when it was planned, and not before it could have been. */
function never(watched: Watched, promised: Promised): Alert {
  const { rpoSeconds, service } = promised;
  const asked = condition(watched, promised);
  const threshold = Math.max(FIRST_COPY_SECONDS, rpoSeconds);
  const since = (metric: string, ago: number) => ahead(metric, asked.within, -ago, 60);
  return alert({
    ...asked,
    value: `time() - max(${select(CREATED, asked.within)}) unless on () max(${select(SUCCEEDED, asked.within)})`,
    threshold,
    says: ({ value }) => ({
      summary: `${service} would lose more than promised`,
      description: `The changes of ${service} have been planned to be copied for ${value}, and never were: no more than ${formatSpan(rpoSeconds)} may be lost`,
    }),
    proof: {
      firing: [since(CREATED, threshold + STEP_SECONDS)],
      quiet: [[since(CREATED, threshold)], [since(CREATED, threshold + STEP_SECONDS), since(SUCCEEDED, 0)]],
      firesAt: 60,
      shows: humanizeDuration(threshold + STEP_SECONDS),
    },
  });
}
