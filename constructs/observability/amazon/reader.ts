import type { Addon, AddonContext } from "../../addons/addon";
import { OBJECTS_CHART, objectsChartValues } from "../../addons/objects-chart";
import { ON_SYSTEM_NODES, overZones, replicas, resources } from "../../addons/scheduling";
import { type JsonObject, toJson } from "../../kubernetes/json";
import type { Environment } from "../../model/resolved";
import { measuresOf } from "../prometheus/managed";
import { BASE_RELEASE, LABELS, MEASURES_READER, MEASURES_READER_PORT, NAMESPACE } from "../prometheus/names";

/** Image and version of the program: https://github.com/awslabs/aws-sigv4-proxy/releases */
const IMAGE = "public.ecr.aws/aws-observability/aws-sigv4-proxy";
const VERSION = "1.11.1";

/** `nobody`: the image says no user, and is nothing but the program. */
const USER = 65_534;

const POD_LABELS = { "app.kubernetes.io/name": MEASURES_READER } as const;

const metadata = toJson({ name: MEASURES_READER, namespace: NAMESPACE, labels: { ...LABELS, ...POD_LABELS } });

const container = ({ measures }: AddonContext, image: string): JsonObject => {
  const { host, region } = measuresOf({ measures });
  const tcpSocket = { port: "http" };
  return {
    name: MEASURES_READER,
    image: `${image}:${VERSION}`,
    args: [
      ...["--name", "aps", "--region", region, "--host", host, "--port", `:${MEASURES_READER_PORT}`],
      "--log-failed-requests",
    ],
    // Without it the SDK looks for its files nowhere, and says so at each start.
    env: [{ name: "HOME", value: "/" }],
    ports: [{ name: "http", containerPort: MEASURES_READER_PORT, protocol: "TCP" }],
    readinessProbe: { tcpSocket, periodSeconds: 5 },
    livenessProbe: { tcpSocket, periodSeconds: 10 },
    // It has a whole answer in memory before it passes it on.
    resources: resources("20m", "128Mi", "500m"),
    securityContext: {
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
    },
  };
};

const deployment = (environment: Environment, context: AddonContext, image: string): JsonObject => {
  const count = replicas(environment, 2);
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata,
    spec: {
      replicas: count,
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      selector: { matchLabels: POD_LABELS },
      template: {
        metadata: { labels: { ...LABELS, ...POD_LABELS } },
        spec: {
          serviceAccountName: MEASURES_READER,
          automountServiceAccountToken: false,
          securityContext: {
            ...{ runAsNonRoot: true, runAsUser: USER, runAsGroup: USER },
            seccompProfile: { type: "RuntimeDefault" },
          },
          containers: [container(context, image)],
          ...(count > 1 && { topologySpreadConstraints: overZones(POD_LABELS) }),
          ...ON_SYSTEM_NODES,
        },
      },
    },
  };
};

const DEPLOYMENT = `Deployment/${MEASURES_READER}`;

/**
 * Signs what Grafana asks the workspace with a role that may only ask, and silence: Grafana's own source of Prometheus signs no
 * requests since version 13, and the plugin that does is fetched from the internet by each new pod. Whoever may come to the
 * namespace may ask it, as with Prometheus in the cluster.
 */
export const reader = (environment: Environment): Addon => ({
  name: MEASURES_READER,
  namespace: NAMESPACE,
  createNamespace: false,
  chart: { folder: OBJECTS_CHART.name, version: OBJECTS_CHART.version },
  after: [BASE_RELEASE],
  needs: { permissions: [], serviceAccount: MEASURES_READER, measures: "read" },
  images: (placeOf, context) =>
    context === undefined
      ? {}
      : {
          objects: {
            [DEPLOYMENT]: { spec: { template: { spec: { containers: [container(context, placeOf(IMAGE))] } } } },
          },
        },
  values: (context) =>
    objectsChartValues([
      {
        apiVersion: "v1",
        kind: "ServiceAccount",
        metadata: toJson({
          name: MEASURES_READER,
          namespace: NAMESPACE,
          labels: { ...LABELS, ...POD_LABELS },
          annotations: { ...context.identity.annotations },
        }),
        automountServiceAccountToken: false,
      },
      deployment(environment, context, IMAGE),
      {
        apiVersion: "v1",
        kind: "Service",
        metadata,
        spec: {
          selector: POD_LABELS,
          ports: [{ name: "http", port: MEASURES_READER_PORT, targetPort: "http", protocol: "TCP" }],
        },
      },
      ...(replicas(environment, 2) > 1
        ? [
            {
              apiVersion: "policy/v1",
              kind: "PodDisruptionBudget",
              metadata,
              spec: { minAvailable: 1, selector: { matchLabels: POD_LABELS } },
            },
          ]
        : []),
    ]),
});
