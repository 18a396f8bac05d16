import type { CronJob } from "../../kubernetes/objects";
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

/** A data service in the cluster with a promise, and the CronJob that keeps it. */
interface Promised {
  readonly service: string;
  readonly cronJob: CronJob;
  readonly rpoSeconds: number;
}

/** Service of which the CronJob of this name copies the log. */
const copiedBy = ({ services }: ResolvedApplication, name: string): string | undefined =>
  services.find((service) => service.sizing.backups !== undefined && `${service.name}-log` === name)?.name;

/** Services whose log of changes is copied: what is promised of them is as old as the last copy of it. */
export const promisedCopies = (watched: Watched): Promised[] =>
  ofKind(watched, "CronJob").flatMap((cronJob) => {
    const service = copiedBy(watched.application, nameOf(cronJob, watched));
    const promise = service === undefined ? undefined : watched.application.recovery[service];
    return service === undefined || promise === undefined ? [] : [{ service, cronJob, rpoSeconds: promise.rpoSeconds }];
  });

export const backupAlerts = (watched: Watched): Alert[] =>
  promisedCopies(watched).map(({ service, cronJob, rpoSeconds }) => {
    const within = { namespace: watched.application.namespace, cronjob: cronJob.metadata.name };
    const since = (metric: string, ago: number) => [ahead(metric, within, -ago, 60)];
    return alert({
      name: "BackupOlderThanPromised",
      // Suspended or not: what is promised is not kept.
      value: `time() - max(${select(SUCCEEDED, within)} or ${select(CREATED, within)})`,
      is: ">",
      threshold: rpoSeconds,
      forSeconds: 60,
      severity: "critical",
      within,
      labels: { service },
      shownBy: "humanizeDuration",
      says: ({ value }) => ({
        summary: `${service} would lose more than promised`,
        description: `The last copy of the changes of ${service} is ${value} old, and no more than ${formatSpan(rpoSeconds)} may be lost`,
      }),
      proof: {
        firing: since(SUCCEEDED, rpoSeconds + STEP_SECONDS),
        quiet: [since(SUCCEEDED, rpoSeconds), since(CREATED, rpoSeconds)],
        firesAt: 60,
        shows: humanizeDuration(rpoSeconds + STEP_SECONDS),
      },
    });
  });
