import type { JsonObject } from "../../kubernetes/json";
import type { PodPeer } from "../../model/connection";
import type { MeasuredEnvironment } from "../observability";
import { LABELS } from "./names";

/** Pods of the platform that say something by themselves which an alert is about, and where. */
interface Measured {
  /** Names the monitor. */
  readonly name: string;
  readonly pods: PodPeer;
  readonly port: number;
  /** @default "/metrics" */
  readonly path?: string;
}

const OWN: readonly Measured[] = [
  // When certificates end.
  {
    name: "cert-manager",
    pods: {
      namespace: "cert-manager",
      labels: { "app.kubernetes.io/instance": "cert-manager", "app.kubernetes.io/component": "controller" },
    },
    port: 9402,
  },
  // Which secrets could not be copied.
  {
    name: "external-secrets",
    pods: { namespace: "external-secrets", labels: { "app.kubernetes.io/name": "external-secrets" } },
    port: 8080,
  },
];

const monitor = ({ name, pods, port, path = "/metrics" }: Measured): JsonObject => ({
  apiVersion: "monitoring.coreos.com/v1",
  kind: "PodMonitor",
  metadata: { name, namespace: pods.namespace, labels: LABELS },
  spec: {
    jobLabel: "app.kubernetes.io/name",
    selector: { matchLabels: pods.labels },
    podMetricsEndpoints: [{ portNumber: port, path }],
  },
});

/** Monitors of the platform's own add-ons, each in the namespace of what it measures. */
export function platformMonitors({ routing }: Pick<MeasuredEnvironment, "routing">): JsonObject[] {
  const { controllerPods: pods, controllerPorts } = routing;
  const controller =
    controllerPorts === undefined
      ? []
      : [{ name: "route-controller", pods, port: controllerPorts.metrics, path: controllerPorts.metricsPath }];
  return [...OWN, ...controller].map(monitor);
}
