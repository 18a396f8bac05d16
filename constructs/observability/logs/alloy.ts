import type { Addon } from "../../addons/addon";
import { split } from "../../addons/images";
import { resources } from "../../addons/scheduling";
import type { CloudFacts } from "../../kubernetes/facts";
import type { JsonObject } from "../../kubernetes/json";
import type { PodPeer } from "../../model/connection";
import { ALLOY_CHART } from "./charts";
import { ALLOY, ALLOY_NAMESPACE, ALLOY_PORT } from "./names";
import { type LinesFrom, pipelineFile } from "./pipeline";

/** Where it keeps how far it has read. */
const POSITIONS = "/var/lib/alloy";

/** Id of the image's own user. */
const USER = 473;

/** Braces of Alloy's templates as Helm's, which reads the values before. */
const forHelm = (text: string): string => text.replaceAll("{{", '{{ "{{" }}');

/** What one is that reads the files of its node: root, as these are root's, with no capability. */
const onFiles = {
  alloy: {
    mounts: { varlog: true, extra: [{ name: "positions", mountPath: POSITIONS }] },
    securityContext: {
      ...{ runAsUser: 0, runAsGroup: 0, readOnlyRootFilesystem: true, allowPrivilegeEscalation: false },
      capabilities: { drop: ["ALL"] },
      seccompProfile: { type: "RuntimeDefault" },
    },
  },
  controller: {
    // Of the node, so that a pod that is replaced goes on where the one before stopped.
    volumes: { extra: [{ name: "positions", hostPath: { path: POSITIONS, type: "DirectoryOrCreate" } }] },
    // Of a node that is about to go too.
    tolerations: [{ operator: "Exists" }],
  },
} satisfies JsonObject;

/** What one is that asks the API server, and sees nothing of its node. */
const onApi = {
  alloy: {
    mounts: { extra: [{ name: "positions", mountPath: POSITIONS }] },
    securityContext: {
      ...{ runAsNonRoot: true, runAsUser: USER, runAsGroup: USER },
      ...{ readOnlyRootFilesystem: true, allowPrivilegeEscalation: false },
      capabilities: { drop: ["ALL"] },
      seccompProfile: { type: "RuntimeDefault" },
    },
  },
  controller: { volumes: { extra: [{ name: "positions", emptyDir: {} }] } },
} satisfies JsonObject;

const pods = (verbs: readonly string[], resource = "pods"): JsonObject => ({
  ...{ apiGroups: [""], resources: [resource], verbs: [...verbs] },
});

/** Its rights in the two lists that the chart has: one of which alone would be a role that no API server reads. */
const rights = (from: LinesFrom): JsonObject => ({
  rules: [pods(["list", "watch"])],
  clusterRules: [pods(["get"]), ...(from === "api" ? [pods(["get"], "pods/log")] : [])],
});

/** Nobody comes in but who measures. */
const policy = ({ namespace, labels }: PodPeer): JsonObject => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name: "alloy-callers", namespace: ALLOY_NAMESPACE },
  spec: {
    podSelector: {},
    policyTypes: ["Ingress"],
    ingress: [
      {
        from: [
          {
            namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
            podSelector: { matchLabels: labels },
          },
        ],
        ports: [{ port: ALLOY_PORT, protocol: "TCP" }],
      },
    ],
  },
});

export interface AlloyProps {
  /** Name under which lines are written: Loki keeps those of one tenant from another's. */
  readonly tenant: string;
  readonly scraper: PodPeer;
  /** Objects of the kinds of Prometheus' operator. */
  readonly objects: readonly JsonObject[];
  readonly after: readonly string[];
}

/**
 * Reads what containers write, one pod on each node. On the node itself, which takes root and a namespace of its own that Pod
 * Security lets do so; where the cluster lets nothing see its nodes, by way of the API server.
 */
export function alloy(
  { hostAccess = true }: Pick<CloudFacts, "hostAccess">,
  { tenant, scraper, objects, after }: AlloyProps,
): Addon {
  const from: LinesFrom = hostAccess ? "files" : "api";
  const seeing = from === "files" ? onFiles : onApi;
  return {
    name: ALLOY,
    namespace: ALLOY_NAMESPACE,
    ...(from === "files" && { namespaceLabels: { "pod-security.kubernetes.io/enforce": "privileged" } }),
    chart: ALLOY_CHART,
    after,
    images: (placeOf) => ({ image: split(placeOf("docker.io/grafana/alloy")) }),
    values: () => ({
      // No kinds of its own: it reads no object but pods.
      crds: { create: false },
      rbac: rights(from),
      serviceAccount: { name: ALLOY },
      // Its pods are replaced when the file changes: no second container that looks for that.
      configReloader: { enabled: false },
      alloy: {
        ...seeing.alloy,
        configMap: { content: forHelm(pipelineFile(from, tenant)) },
        enableReporting: false,
        storagePath: POSITIONS,
        resources: resources("50m", "256Mi", "500m"),
      },
      controller: {
        ...seeing.controller,
        type: "daemonset",
        // One after the other would take longer than an install may.
        updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "25%" } },
        podLabels: { "app.kubernetes.io/component": "collector" },
      },
      extraObjects: [policy(scraper)],
    }),
    objects,
  };
}
