import type { JsonObject } from "../kubernetes/json";
import { KEDA } from "../kubernetes/queue-scaling";
import type { Environment } from "../model/resolved";
import type { Addon } from "./addon";
import { split } from "./images";
import { ON_SYSTEM_NODES, overZones, replicas, resources } from "./scheduling";

const NAME = "keda";

/** Label `app` of the pods that answer autoscalers, which the chart names after the operator. */
const METRICS = `${KEDA.operator}-metrics-apiserver`;

/** Port of the same: of those below 1024 none is, and GKE's firewall lets its control plane to few others. */
const METRICS_PORT = 10_250;

/** Port at which the operator tells them what it read. */
const OPERATOR_PORT = 9666;

const REQUESTS = { operator: resources("100m", "256Mi", "1"), metricServer: resources("50m", "256Mi", "500m") };

/** A policy over the pods with a label `app`, which are reached by nobody but whom it lets in. */
const policy = (app: string, ingress: JsonObject[]): JsonObject => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name: app, namespace: NAME },
  spec: { podSelector: { matchLabels: { app } }, policyTypes: ["Ingress"], ingress },
});

/**
 * Reads lengths of queues and makes an autoscaler of Kubernetes for each workload that says one.
 *
 * @see https://github.com/kedacore/charts/tree/v2.20.2/keda
 */
export function keda(environment: Pick<Environment, "profile">): Addon {
  const count = replicas(environment, 2);
  const spread = (app: string): JsonObject[] => (count > 1 ? overZones({ app }) : []);
  return {
    name: NAME,
    namespace: NAME,
    chart: { repository: "https://kedacore.github.io/charts", name: NAME, version: "2.20.2" },
    images: (placeOf) => ({
      image: {
        keda: split(placeOf("ghcr.io/kedacore/keda")),
        metricsApiServer: split(placeOf("ghcr.io/kedacore/keda-metrics-apiserver")),
      },
    }),
    values: () => ({
      // Templates of the chart, so that it upgrades them; kept when it goes, as with them go the objects of applications.
      crds: { additionalAnnotations: { "helm.sh/resource-policy": "keep" } },
      image: { pullPolicy: "IfNotPresent" },
      operator: { replicaCount: count },
      metricsServer: { replicaCount: count },
      // It would refuse a workload that has its old autoscaler for a moment longer, and checks what is checked here before.
      webhooks: { enabled: false },
      // Deployments alone: without it, it may read every object of the cluster, and scale each.
      rbac: { enabledCustomScaledRefKinds: false },
      service: { portHttpsTarget: METRICS_PORT },
      logging: { operator: { format: "json" }, metricServer: { zapEncoder: "json" } },
      resources: REQUESTS,
      enableServiceLinks: false,
      asciiArt: false,
      ...ON_SYSTEM_NODES,
      ...(count > 1 && {
        podDisruptionBudget: { operator: { maxUnavailable: 1 }, metricServer: { maxUnavailable: 1 } },
        topologySpreadConstraints: { operator: spread(KEDA.operator), metricsServer: spread(METRICS) },
      }),
    }),
    counted: [
      { replicas: count, resources: REQUESTS.operator },
      { replicas: count, resources: REQUESTS.metricServer },
    ],
    objects: [
      policy(KEDA.operator, [
        {
          from: [{ podSelector: { matchLabels: { app: METRICS } } }],
          ports: [{ port: OPERATOR_PORT, protocol: "TCP" }],
        },
      ]),
      // The API server comes from an address of its own on each cloud.
      policy(METRICS, [{ ports: [{ port: METRICS_PORT, protocol: "TCP" }] }]),
    ],
  };
}
