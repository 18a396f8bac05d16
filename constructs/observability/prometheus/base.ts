import type { Addon } from "../../addons/addon";
import { OBJECTS_CHART, objectsChartValues } from "../../addons/objects-chart";
import { type JsonObject, toJson } from "../../kubernetes/json";
import type { Metadata } from "../../kubernetes/objects";
import { fromStore, remoteRef } from "../../kubernetes/secret";
import type { EnvironmentSecret } from "../../model/environment";
import { platformSecrets } from "../../model/out-of-band";
import type { Environment } from "../../model/resolved";
import { inhibitRules } from "../inhibitions";
import { environmentDashboardObject } from "./environment-dashboard";
import {
  ALERTMANAGER_CONFIG,
  BASE_RELEASE,
  DASHBOARDS_ROLE,
  GRAFANA_ADMIN,
  LABELS,
  NAMESPACE,
  RECEIVERS,
} from "./names";
import { GRAFANA_SECRET, type PrometheusProps, receiverSecrets } from "./props";
import { configuration } from "./receivers";

/** What of an environment's choice it goes by. */
export interface BaseProps extends Pick<PrometheusProps, "logs" | "runbooks" | "traces"> {
  /** Who is told. @default - nobody is told by an Alertmanager in the cluster */
  readonly receivers?: Parameters<typeof configuration>[0];
}

const metadata = (name: string): Metadata => ({ name, namespace: NAMESPACE, labels: LABELS });

/** Template of the value of a secret that was fetched. */
const valueOf = (name: string): string => `{{ index . "${name}" }}`;

/** A Secret made of what people put into the cloud's store, by templates for its keys. */
function fetched(
  environment: Environment,
  name: string,
  needed: readonly EnvironmentSecret[],
  data: Readonly<Record<string, string>>,
): JsonObject {
  const secrets = platformSecrets(environment).filter((secret) => needed.some((one) => one.name === secret.name));
  return toJson(
    fromStore(metadata(name), {
      type: "Opaque",
      data,
      fetched: secrets.map((secret) => ({
        secretKey: secret.name,
        remoteRef: remoteRef({ key: secret.remoteKey, property: secret.remoteProperty }),
      })),
    }),
  );
}

/**
 * Prometheus and Alertmanager let everybody in who can reach them, so nobody outside of the namespace can; people come by
 * `kubectl port-forward`, which no policy concerns. The API server asks the operator about rules, from an address of its own.
 */
const POLICIES: readonly JsonObject[] = [
  {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: toJson(metadata("own-namespace-alone")),
    spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: [{ from: [{ podSelector: {} }] }] },
  },
  {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: toJson(metadata("operator-webhook")),
    spec: {
      podSelector: { matchLabels: { app: "kube-prometheus-stack-operator" } },
      policyTypes: ["Ingress"],
      ingress: [{ ports: [{ port: 10250, protocol: "TCP" }] }],
    },
  },
];

/** What Alertmanager is told, and the secrets of who is told by it. */
const alertmanager = (environment: Environment, receivers: NonNullable<BaseProps["receivers"]>): JsonObject[] => [
  {
    apiVersion: "v1",
    kind: "Secret",
    metadata: toJson(metadata(ALERTMANAGER_CONFIG)),
    // JSON is YAML. Nothing in it is secret: what is stands in files.
    stringData: {
      "alertmanager.yaml": `${JSON.stringify(configuration(receivers, inhibitRules(environment.applications)), undefined, 2)}\n`,
    },
  },
  fetched(
    environment,
    RECEIVERS,
    receiverSecrets(receivers),
    Object.fromEntries(receiverSecrets(receivers).map(({ name }) => [name, valueOf(name)])),
  ),
];

/** What Prometheus, Alertmanager and Grafana find when they start, in their namespace, which it creates. */
export const base = (environment: Environment, props: BaseProps): Addon => ({
  name: BASE_RELEASE,
  namespace: NAMESPACE,
  chart: { folder: OBJECTS_CHART.name, version: OBJECTS_CHART.version },
  values: () =>
    objectsChartValues([
      ...(props.receivers === undefined ? [] : alertmanager(environment, props.receivers)),
      fetched(environment, GRAFANA_ADMIN.name, [GRAFANA_SECRET], {
        [GRAFANA_ADMIN.user]: "admin",
        [GRAFANA_ADMIN.password]: valueOf(GRAFANA_SECRET.name),
      }),
      {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "ClusterRole",
        metadata: { name: DASHBOARDS_ROLE, labels: LABELS },
        rules: [{ apiGroups: [""], resources: ["configmaps"], verbs: ["get", "list", "watch"] }],
      },
      environmentDashboardObject(environment, props),
      ...POLICIES,
    ]),
});
