import { VELERO } from "../../addons/cluster-backups/names";
import { scheduleName } from "../../addons/cluster-backups/schedules";
import type { ResolvedClusterBackups } from "../../model/cluster-backups";
import { formatSpan } from "../../model/recovery";
import type { ResolvedApplication } from "../../model/resolved";
import { type Alert, alert, STEP_SECONDS } from "../alerts/alert";
import type { AlertGroup } from "../alerts/alerts";
import { humanizeDuration } from "../alerts/in-words";
import { duration, select } from "../alerts/promql";
import { ahead, once, steady } from "../alerts/series";

/* Copies of the cluster that are not made. Nobody feels it until something is lost. */

const SUCCEEDED = "velero_backup_last_successful_timestamp";

/** Counters of copies that are not whole, each of another kind. */
const NOT_WHOLE = [
  "velero_backup_failure_total",
  "velero_backup_partial_failure_total",
  "velero_backup_validation_failure_total",
] as const;

const AVAILABLE = "kube_deployment_status_replicas_available";

/** Seconds after a copy that is not whole for which the alert goes on. */
const WINDOW = 3600;

type Application = Pick<ResolvedApplication, "name">;

/** The group of all of them. */
export const clusterBackupAlerts = (
  applications: readonly Application[],
  { lostSeconds }: Pick<ResolvedClusterBackups, "lostSeconds">,
): AlertGroup => ({
  name: "cluster-backups",
  alerts: [
    serverDown(),
    ...applications.flatMap((application) => [
      tooOld(application, lostSeconds),
      noCopy(application, lostSeconds),
      notWhole(application),
    ]),
  ],
});

const ofSchedule = (application: Application) => ({ namespace: VELERO, schedule: scheduleName(application) });

function tooOld(application: Application, lostSeconds: number): Alert {
  const within = ofSchedule(application);
  const since = (ago: number) => [ahead(SUCCEEDED, within, -ago, 60)];
  return alert({
    name: "ClusterBackupTooOld",
    value: `time() - max(${select(SUCCEEDED, within)})`,
    is: ">",
    threshold: lostSeconds,
    forSeconds: 60,
    severity: "critical",
    within,
    labels: { schedule: within.schedule },
    shownBy: "humanizeDuration",
    says: ({ value }) => ({
      summary: `${application.name} would lose more than its copies promise`,
      description: `The last whole copy of ${application.name} by Velero is ${value} old, and no more than ${formatSpan(lostSeconds)} may be lost`,
    }),
    proof: {
      firing: since(lostSeconds + STEP_SECONDS),
      quiet: [since(lostSeconds)],
      firesAt: 60,
      shows: humanizeDuration(lostSeconds + STEP_SECONDS),
    },
  });
}

/** A new application has none until its schedule came due once. */
function noCopy(application: Application, lostSeconds: number): Alert {
  const within = ofSchedule(application);
  return alert({
    name: "ClusterBackupMissing",
    value: `absent(${select(SUCCEEDED, within)})`,
    is: "==",
    threshold: 1,
    forSeconds: lostSeconds,
    severity: "critical",
    within,
    labels: { schedule: within.schedule },
    says: () => ({
      summary: `No copy of ${application.name} is known`,
      description: `For ${formatSpan(lostSeconds)} Velero has told of no whole copy of ${application.name}: there is none, or nobody is told of it`,
    }),
    proof: {
      firing: [],
      quiet: [[steady(SUCCEEDED, within, 1, lostSeconds)]],
      firesAt: lostSeconds,
      shows: "1",
      // There was nothing to end.
      whenGone: "stays",
    },
  });
}

function notWhole(application: Application): Alert {
  const within = ofSchedule(application);
  // It is told twice before it has grown.
  const firesAt = 60 + STEP_SECONDS;
  return alert({
    name: "ClusterBackupFailed",
    value: NOT_WHOLE.map((metric) => `sum(increase(${select(metric, within)}[${duration(WINDOW)}]))`).join(" + "),
    is: ">",
    threshold: 0,
    forSeconds: 60,
    severity: "warning",
    within,
    labels: { schedule: within.schedule },
    says: () => ({
      summary: `A copy of ${application.name} is not whole`,
      description: `A copy of ${application.name} by Velero failed, in whole or in part, within the last hour; the one before it is kept`,
    }),
    proof: {
      firing: NOT_WHOLE.map((metric, index) =>
        index === 1 ? once(metric, within, firesAt) : steady(metric, within, 0, firesAt),
      ),
      quiet: [NOT_WHOLE.map((metric) => steady(metric, within, 7, firesAt))],
      firesAt,
      shows: "1",
      whenGone: "stays",
    },
  });
}

function serverDown(): Alert {
  const within = { namespace: VELERO, deployment: VELERO };
  const firesAt = 900;
  const state = (value: number) => [steady(AVAILABLE, within, value, firesAt)];
  return alert({
    name: "VeleroDown",
    value: `sum(${select(AVAILABLE, within)})`,
    is: "==",
    threshold: 0,
    forSeconds: firesAt,
    severity: "warning",
    within,
    labels: { server: VELERO },
    says: () => ({
      summary: "Velero does not run",
      description: "Velero has not been available for a quarter of an hour: nothing in the cluster is copied",
    }),
    proof: { firing: state(0), quiet: [state(1)], firesAt, shows: "0" },
  });
}
