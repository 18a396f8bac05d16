/** Namespace of what takes and keeps traces: nobody comes in but who sends, who reads and who measures. */
export const TEMPO_NAMESPACE = "tempo";

/** Release of what keeps traces, its StatefulSet and its Service, as the chart names them. */
export const TEMPO = "tempo";

/** Port of its HTTP interface, for those who read and who measure. */
export const TEMPO_PORT = 3200;

/** Address of it in the cluster. */
export const TEMPO_URL = `http://${TEMPO}.${TEMPO_NAMESPACE}.svc:${TEMPO_PORT}`;

/** Ports of OpenTelemetry's protocol: https://opentelemetry.io/docs/specs/otlp/ */
export const OTLP = { grpc: 4317, http: 4318 } as const;

/** Release of what takes spans from pods and sends them on, its Deployment and its Service. */
export const COLLECTOR = "otlp";

/** Port at which it tells what it measures. */
export const COLLECTOR_PORT = 12_345;

/** Address to which workloads send spans. */
export const COLLECTOR_URL = `http://${COLLECTOR}.${TEMPO_NAMESPACE}.svc:${OTLP.http}`;

/** Uid by which dashboards and links name Grafana's source of traces. */
export const TRACES_SOURCE = "tempo";

/** What the ledger calls the store of traces, and the word in `drops` for it. */
export const TRACES_HOLDING = { name: "traces", kind: "trace-store" } as const;
