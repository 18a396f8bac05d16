import type { Labels } from "../../kubernetes/objects";
import { runsToItsEnd } from "../../model/resolved";
import { type Alert, alert, type Series } from "./alert";
import { select } from "./promql";
import { steady } from "./series";
import { ofKind, type Watched } from "./watched";

/* Signals that do not arrive: an alert that goes by one of them would be silent for good. */

const UP = "up";
const AVAILABLE = "kube_deployment_status_replicas_available";

const FIRES_AT = 600;

/** Time after the last look at an alert whose series have ended. */
const AFTERWARDS = 3000;

/** A series that is there whenever its source is measured. */
interface Signal {
  /** Who measures it, in words. */
  readonly source: string;
  readonly metric: string;
  readonly more: Labels;
}

export const absenceAlerts = (watched: Watched): Alert[] => [
  ...watched.application.workloads
    .filter((workload) => !runsToItsEnd(workload) && (workload.kind === "php-fpm" || workload.metrics !== undefined))
    .map(({ name, objectName }) => workloadMissing(watched, name, objectName)),
  ...signals(watched).map((signal, index, all) => signalMissing(watched, signal, all.toSpliced(index, 1))),
];

/** Pods are there, and none of them answers Prometheus. */
function workloadMissing({ application: { namespace } }: Watched, name: string, deployment: string): Alert {
  const within = { namespace, workload: name };
  const of = { namespace, deployment };
  const state = (up: number, available: number): Series[] => [
    steady(UP, { ...within, pod: "a" }, up, FIRES_AT),
    steady(AVAILABLE, of, available, FIRES_AT),
  ];
  return alert({
    name: "WorkloadMetricsMissing",
    value: `(sum(${select(UP, within)}) or vector(0)) and on () max(${select(AVAILABLE, of)}) > 0`,
    is: "==",
    threshold: 0,
    forSeconds: FIRES_AT,
    severity: "warning",
    within: { namespace },
    pins: ["workload", "deployment"],
    labels: { workload: name },
    says: () => ({
      summary: `${name} is not measured`,
      description: `Pods of ${name} are available, and none has told what it measures for ten minutes: no alert about its requests can fire`,
    }),
    proof: {
      firing: state(0, 1),
      quiet: [state(1, 1), state(0, 0)],
      firesAt: FIRES_AT,
      shows: "0",
    },
  });
}

function signals(watched: Watched): Signal[] {
  const some = (...kinds: Parameters<typeof ofKind>[1][]): boolean =>
    kinds.some((kind) => ofKind(watched, kind).length > 0);
  const signal = (source: string, metric: string, more: Labels = {}): Signal[] => [{ source, metric, more }];
  return [
    ...signal("kube-state-metrics", "kube_namespace_created"),
    ...(some("Deployment") ? signal("the kubelets", "container_memory_working_set_bytes") : []),
    ...(some("Certificate", "Ingress", "Gateway")
      ? signal("cert-manager", "certmanager_certificate_ready_status", { condition: "True" })
      : []),
    ...(some("ExternalSecret")
      ? signal("External Secrets", "externalsecret_status_condition", { condition: "Ready" })
      : []),
  ];
}

function signalMissing(
  { application: { namespace } }: Watched,
  { source, metric, more }: Signal,
  others: readonly Signal[],
): Alert {
  const within = { namespace };
  const there = (signal: Pick<Signal, "metric" | "more">): Series =>
    steady(signal.metric, { ...within, ...signal.more }, 1, AFTERWARDS);
  return alert({
    name: "SignalMissing",
    value: `absent(${select(metric, { ...within, ...more })})`,
    is: "==",
    threshold: 1,
    forSeconds: FIRES_AT,
    severity: "warning",
    within,
    labels: { source },
    says: () => ({
      summary: `${source} tells nothing of ${namespace}`,
      description: `Nothing that ${source} measures of ${namespace} has arrived for ten minutes: alerts that go by it cannot fire`,
    }),
    proof: {
      firing: [],
      beside: others.map(there),
      quiet: [[there({ metric, more })]],
      firesAt: FIRES_AT,
      labels: { ...more, ...within },
      shows: "1",
      whenGone: "fires",
    },
  });
}
