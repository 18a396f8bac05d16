import type { CloudFacts } from "../../kubernetes/facts";
import type { JsonObject } from "../../kubernetes/json";
import { NAMESPACE } from "./names";

/** Samples of what the cluster itself brings at once, however many objects it has. */
export const OF_THE_CLUSTER = { sampleLimit: 200_000 } as const;

/**
 * What the chart measures of the cluster itself. The cloud runs the control plane, whose parts nobody else reaches: each is off
 * as a target and as rules. So are its proxy and its names, which are pods in some clusters and in others part of a node.
 */
export const targets = {
  kubeApiServer: { serviceMonitor: OF_THE_CLUSTER },
  kubelet: { namespace: NAMESPACE, serviceMonitor: OF_THE_CLUSTER },
  kubeControllerManager: { enabled: false },
  kubeScheduler: { enabled: false },
  kubeEtcd: { enabled: false },
  kubeProxy: { enabled: false },
  coreDns: { enabled: false },
  kubeDns: { enabled: false },
  // A release of its own, in a namespace of its own.
  nodeExporter: { enabled: false },
} satisfies JsonObject;

/** Groups of rules without which nothing else that is off has rules either. */
const OF_PARTS = {
  etcd: false,
  kubeControllerManager: false,
  kubeProxy: false,
  kubeSchedulerAlerting: false,
  kubeSchedulerRecording: false,
  windows: false,
} as const;

/** Groups of rules over measures of nodes. */
const OF_NODES = {
  kubePrometheusNodeRecording: false,
  network: false,
  node: false,
  nodeExporterAlerting: false,
  nodeExporterRecording: false,
} as const;

/** The chart's rules, less those that cannot be true here. `alertmanager`: whether one is in the cluster. */
export const rules = ({ hostAccess = true }: Pick<CloudFacts, "hostAccess">, alertmanager = true): JsonObject => ({
  defaultRules: {
    rules: { ...OF_PARTS, ...(!hostAccess && OF_NODES), ...(!alertmanager && { alertmanager: false }) },
    // Nodes come when pods ask for them: less room than what all ask for is how it is meant.
    disabled: { KubeCPUOvercommit: true, KubeMemoryOvercommit: true },
  },
});
