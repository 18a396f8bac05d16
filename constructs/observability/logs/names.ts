/** Namespace of what keeps logs: nobody comes in but who writes and who reads. */
export const LOKI_NAMESPACE = "loki";

/** Release of it, its StatefulSet and its Service, as the chart names them. */
export const LOKI = "loki";

/** Port of its HTTP interface, for those who write, who read and who measure. */
export const LOKI_PORT = 3100;

/** Address of it in the cluster. */
export const LOKI_URL = `http://${LOKI}.${LOKI_NAMESPACE}.svc:${LOKI_PORT}`;

/** Namespace of what reads logs on nodes: Pod Security lets it, and nothing beside it. */
export const ALLOY_NAMESPACE = "alloy";

/** Release of it, its DaemonSet and its Service, as the chart names them. */
export const ALLOY = "alloy";

export const ALLOY_PORT = 12_345;

/** Uid by which dashboards and links name Grafana's source of logs. */
export const LOGS_SOURCE = "loki";

/** What the ledger calls the store of logs, and the word in `drops` for it. */
export const LOGS_HOLDING = { name: "logs", kind: "log-store" } as const;
