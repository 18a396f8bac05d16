import type { JsonObject } from "../../kubernetes/json";
import type { PodPeer } from "../../model/connection";
import type { MeasuredEnvironment } from "../observability";
import { LABELS } from "./names";

/** Pods of the platform that say something by themselves which an alert is about, and where. */
export interface Measured {
  /** Names the monitor. */
  readonly name: string;
  readonly pods: PodPeer;
  readonly port: number;
  /** @default "/metrics" */
  readonly path?: string;
  /** Whether it speaks of objects in other namespaces, whose labels `namespace` and `name` are theirs. @default false */
  readonly ofOthers?: boolean;
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
    ofOthers: true,
  },
  // Which secrets could not be copied.
  {
    name: "external-secrets",
    pods: { namespace: "external-secrets", labels: { "app.kubernetes.io/name": "external-secrets" } },
    port: 8080,
    ofOthers: true,
  },
];

/** A monitor in the namespace of what it measures. */
export const monitor = ({ name, pods, port, path = "/metrics", ofOthers = false }: Measured): JsonObject => ({
  apiVersion: "monitoring.coreos.com/v1",
  kind: "PodMonitor",
  metadata: { name, namespace: pods.namespace, labels: LABELS },
  spec: {
    jobLabel: "app.kubernetes.io/name",
    selector: { matchLabels: pods.labels },
    podMetricsEndpoints: [{ portNumber: port, path, ...(ofOthers && { honorLabels: true }) }],
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
