import type { Addon } from "../../addons/addon";
import { split } from "../../addons/images";
import { ON_SYSTEM_NODES, overZones, resources } from "../../addons/scheduling";
import type { JsonObject } from "../../kubernetes/json";
import type { PodPeer } from "../../model/connection";
import type { Environment } from "../../model/resolved";
import { ALLOY_CHART } from "../logs/charts";
import { COLLECTOR, COLLECTOR_PORT, OTLP, TEMPO_NAMESPACE } from "./names";
import { pipelineFile } from "./pipeline";
import { traceSizesOf } from "./sizes";

/** Where it would write. */
const SCRATCH = "/tmp/alloy";

/** Id of the image's own user. */
const USER = 473;

/** Labels of its pods, as the chart makes them of its name. */
export const COLLECTOR_LABELS = { "app.kubernetes.io/name": COLLECTOR } as const;

/** Label that the namespace of each application has, and whoever else's this program makes. */
const OF_OURS = { "app.kubernetes.io/managed-by": "goldenpath" } as const;

/**
 * Pods of applications send, by the policies of their own namespaces those alone that say `tracing`; and who measures asks.
 */
const policy = ({ namespace, labels }: PodPeer): JsonObject => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name: "otlp-callers", namespace: TEMPO_NAMESPACE },
  spec: {
    podSelector: { matchLabels: COLLECTOR_LABELS },
    policyTypes: ["Ingress"],
    ingress: [
      {
        from: [{ namespaceSelector: { matchLabels: OF_OURS } }],
        ports: Object.values(OTLP).map((port) => ({ port, protocol: "TCP" })),
      },
      {
        from: [
          {
            namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
            podSelector: { matchLabels: labels },
          },
        ],
        ports: [{ port: COLLECTOR_PORT, protocol: "TCP" }],
      },
    ],
  },
});

/**
 * What it reads to know whose pod a span is of, by its address, in whichever namespace. The chart has two lists for one role, and
 * either of them alone would be a role that no API server reads.
 */
const reading = (resource: string): JsonObject => ({
  ...{ apiGroups: [""], resources: [resource], verbs: ["get", "list", "watch"] },
});

export interface CollectorProps {
  readonly scraper: PodPeer;
  /** Objects of the kinds of Prometheus' operator. */
  readonly objects: readonly JsonObject[];
  readonly after: readonly string[];
}

/**
 * Takes spans from pods and keeps them until Tempo has them, for as long as Tempo needs to start again. Apart from what reads
 * logs, which is root on its node and nobody's to call.
 */
export function collector(environment: Environment, { scraper, objects, after }: CollectorProps): Addon {
  const { collectors, collectorMemory } = traceSizesOf(environment);
  return {
    name: COLLECTOR,
    namespace: TEMPO_NAMESPACE,
    createNamespace: false,
    chart: ALLOY_CHART,
    after,
    images: (placeOf) => ({ image: split(placeOf("docker.io/grafana/alloy")) }),
    values: () => ({
      ...{ nameOverride: COLLECTOR, fullnameOverride: COLLECTOR },
      crds: { create: false },
      rbac: { rules: [reading("pods")], clusterRules: [reading("namespaces")] },
      serviceAccount: { name: COLLECTOR },
      configReloader: { enabled: false },
      alloy: {
        configMap: { content: pipelineFile() },
        enableReporting: false,
        listenPort: COLLECTOR_PORT,
        storagePath: SCRATCH,
        extraPorts: Object.entries(OTLP).map(([name, port]) => ({
          ...{ name: `otlp-${name}`, port, targetPort: port, protocol: "TCP" },
        })),
        mounts: { extra: [{ name: "scratch", mountPath: SCRATCH }] },
        securityContext: {
          ...{ runAsNonRoot: true, runAsUser: USER, runAsGroup: USER },
          ...{ readOnlyRootFilesystem: true, allowPrivilegeEscalation: false },
          capabilities: { drop: ["ALL"] },
          seccompProfile: { type: "RuntimeDefault" },
        },
        resources: resources("50m", collectorMemory, "1"),
      },
      controller: {
        type: "deployment",
        replicas: collectors,
        // A new one is there before one goes: whoever sends finds somebody.
        updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
        // Time to hand over to Tempo what waits.
        terminationGracePeriodSeconds: 60,
        podLabels: { "app.kubernetes.io/component": "collector" },
        volumes: { extra: [{ name: "scratch", emptyDir: { sizeLimit: "64Mi" } }] },
        ...(collectors > 1 && {
          topologySpreadConstraints: overZones(COLLECTOR_LABELS),
          podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
        }),
        ...ON_SYSTEM_NODES,
      },
      extraObjects: [policy(scraper)],
    }),
    objects,
  };
}
