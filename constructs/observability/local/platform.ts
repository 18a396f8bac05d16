import { METRICS_PATH } from "../../model/metrics";
import type { ResolvedApplication } from "../../model/resolved";
import type { AlertGroup } from "../alerts/alerts";
import { logAlerts } from "../logs/alerts";
import { ALLOY_NAMESPACE, ALLOY_PORT, LOKI_NAMESPACE, LOKI_PORT } from "../logs/names";
import { ALLOY_METRICS, LOKI_METRICS } from "../metrics/logs";
import type { Source } from "../metrics/source";
import { COLLECTOR_METRICS, SENDER_METRICS, TEMPO_METRICS } from "../metrics/traces";
import { traceAlerts } from "../traces/alerts";
import { COLLECTOR_PORT, TEMPO_NAMESPACE, TEMPO_PORT } from "../traces/names";
import type { Target } from "./targets";

/* What is measured of Loki, Tempo and what brings them lines and spans, with the labels of the namespaces of a cluster. */

/** Names of the containers. */
export interface LogContainers {
  readonly store: string;
  readonly reader: string;
}

export interface TraceContainers {
  readonly store: string;
  readonly collector: string;
}

/** Alerts of a part of the platform, and what they are about. */
export interface PartGroup extends AlertGroup {
  readonly part: { readonly namespace: string; readonly containers: readonly string[] };
}

const target = (container: string, port: number, namespace: string, source: Target["source"] & object): Target => ({
  job: container,
  address: `${container}:${port}`,
  path: METRICS_PATH,
  labels: { namespace, pod: container, container, endpoint: "http" },
  source,
});

export const logTargets = ({ store, reader }: LogContainers): Target[] => [
  target(store, LOKI_PORT, LOKI_NAMESPACE, LOKI_METRICS),
  target(reader, ALLOY_PORT, ALLOY_NAMESPACE, ALLOY_METRICS),
];

const COLLECTOR_SOURCES: readonly Source[] = [COLLECTOR_METRICS, SENDER_METRICS];

export const traceTargets = ({ store, collector }: TraceContainers): Target[] => [
  target(store, TEMPO_PORT, TEMPO_NAMESPACE, TEMPO_METRICS),
  target(collector, COLLECTOR_PORT, TEMPO_NAMESPACE, COLLECTOR_SOURCES),
];

/** Whether each developer traces is a variable of theirs, which no rule knows: it would call everybody who does not. */
const BY_VARIABLE = ["TracesNotArriving"];

export const logGroup = ({ store, reader }: LogContainers): PartGroup => ({
  ...logAlerts(),
  part: { namespace: LOKI_NAMESPACE, containers: [store, reader] },
});

export function traceGroup(application: ResolvedApplication, { store, collector }: TraceContainers): PartGroup {
  const { name, alerts } = traceAlerts({ applications: [application] }, 1);
  return {
    name,
    alerts: alerts.filter((alert) => !BY_VARIABLE.includes(alert.name)),
    part: { namespace: TEMPO_NAMESPACE, containers: [store, collector] },
  };
}
