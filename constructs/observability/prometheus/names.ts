/** Namespace of everything that measures, but for what sees nodes. Not `monitoring`, which many clusters have already. */
export const NAMESPACE = "observability";

/** Namespace of what sees nodes: Pod Security lets it, and nothing beside it. */
export const NODES_NAMESPACE = "node-exporter";

/** Release of the objects that the others read: secrets, configuration, policies. */
export const BASE_RELEASE = "observability";

/** Release of Prometheus, Alertmanager, Grafana and their operator; the chart's name too. */
export const STACK_RELEASE = "kube-prometheus-stack";

/** Deployment of the operator, as the chart names it. */
export const OPERATOR = `${STACK_RELEASE}-operator`;

/** Object of kind Prometheus, as the chart calls it. */
export const PROMETHEUS = `${STACK_RELEASE}-prometheus`;

/** Alertmanager's, and its Service. */
export const ALERTMANAGER = `${STACK_RELEASE}-alertmanager`;

/** Service of Grafana, as the chart calls it. */
export const GRAFANA = `${STACK_RELEASE}-grafana`;

/** Release, Deployment, Service and service account of what asks a service of the cloud for measures on behalf of Grafana. */
export const MEASURES_READER = "measures-reader";

export const MEASURES_READER_PORT = 8080;

/** Secret with `alertmanager.yaml`. */
export const ALERTMANAGER_CONFIG = "alertmanager-config";

/** Secret with a key for each receiver. */
export const RECEIVERS = "alertmanager-receivers";

/** Where the operator mounts that. */
export const receiverFile = (key: string): string => `/etc/alertmanager/secrets/${RECEIVERS}/${key}`;

/** Secret of Grafana's first user, with these keys. */
export const GRAFANA_ADMIN = { name: "grafana-admin", user: "admin-user", password: "admin-password" } as const;

/** ClusterRole of what looks for dashboards: ConfigMaps and nothing else. */
export const DASHBOARDS_ROLE = "observability-dashboards";

export const LABELS = { "app.kubernetes.io/managed-by": "goldenpath" } as const;
