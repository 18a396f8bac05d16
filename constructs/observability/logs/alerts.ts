import { type Alert, alert, type Series } from "../alerts/alert";
import type { AlertGroup } from "../alerts/alerts";
import { growingCount, platformRate } from "../alerts/growing-count";
import { select } from "../alerts/promql";
import { growing, steady } from "../alerts/series";
import { ALLOY_NAMESPACE, LOKI, LOKI_NAMESPACE } from "./names";

/*
 * Logs that do not arrive. None of it is felt by users, and lines wait on their nodes: warnings, for the day.
 */

const READY = "kube_statefulset_status_replicas_ready";
const WANTED = "kube_statefulset_replicas";
const RECEIVED = "loki_distributor_lines_received_total";
const REFUSED = "loki_discarded_samples_total";
const LOST = "loki_write_dropped_entries_total";

/** The group of all of them. */
export const logAlerts = (): AlertGroup => ({
  name: "logs",
  alerts: [
    storeDown(),
    notArriving(),
    growingCount({
      name: "LogsRefused",
      metric: REFUSED,
      within: { namespace: LOKI_NAMESPACE },
      by: { label: "reason", example: "rate_limited" },
      says: (reason) => ({
        summary: `Loki refuses lines: ${reason}`,
        description: `Loki has refused lines for ten minutes, for the reason ${reason}: those beyond a rate are sent again, all others are lost`,
      }),
    }),
    growingCount({
      name: "LogsLost",
      metric: LOST,
      within: { namespace: ALLOY_NAMESPACE },
      by: { label: "reason", example: "ingester_error" },
      says: (reason) => ({
        summary: `Lines are lost on their way: ${reason}`,
        description: `Alloy has given lines up for ten minutes, for the reason ${reason}: nobody will find them`,
      }),
    }),
  ],
});

/** Fewer servers than have to have a line: one of one, two of three. */
function storeDown(): Alert {
  const within = { namespace: LOKI_NAMESPACE, statefulset: LOKI };
  const firesAt = 600;
  const state = (ready: number, wanted: number): Series[] => [
    steady(READY, within, ready, firesAt),
    steady(WANTED, within, wanted, firesAt),
  ];
  return alert({
    name: "LokiDown",
    value: `sum(${select(READY, within)}) / sum(${select(WANTED, within)})`,
    is: "<",
    threshold: 0.6,
    forSeconds: firesAt,
    severity: "warning",
    within,
    labels: { server: LOKI },
    shownBy: "humanizePercentage",
    says: ({ value }) => ({
      summary: "Loki takes no lines",
      description: `${value} of Loki's servers are ready, too few to take lines or to find them. Lines wait in the files of their nodes, until these are rotated away`,
    }),
    proof: {
      firing: state(1, 2),
      quiet: [state(3, 5), state(2, 3)],
      firesAt,
      shows: "50%",
    },
  });
}

/** Some pod always writes something: nothing at all is nobody that reads, or nobody that is told. */
function notArriving(): Alert {
  const within = { namespace: LOKI_NAMESPACE };
  const firesAt = 900;
  return alert({
    name: "LogsNotArriving",
    value: `sum(${platformRate(RECEIVED, within)}) or vector(0)`,
    is: "==",
    threshold: 0,
    forSeconds: firesAt,
    severity: "warning",
    within,
    labels: { server: LOKI },
    says: () => ({
      summary: "No logs arrive",
      description: "Loki has got no line of any pod for a quarter of an hour, or tells nobody of it",
    }),
    proof: {
      firing: [steady(RECEIVED, { ...within, tenant: "staging" }, 100, firesAt)],
      quiet: [[growing(RECEIVED, { ...within, tenant: "staging" }, 1, firesAt)]],
      firesAt,
      shows: "0",
      whenGone: "fires",
    },
  });
}
