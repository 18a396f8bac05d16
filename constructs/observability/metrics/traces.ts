import { POD_TARGET, type Source } from "./source";

const counter = (...labels: string[]) => ({ type: "counter" as const, labels });

/** Tempo, of itself. */
export const TEMPO_METRICS: Source = {
  name: "Tempo",
  evidence: {
    recorded: {
      version: "2.10.8",
      url: "https://github.com/grafana/tempo/blob/v2.10.8/modules/overrides/discarded_spans.go",
      date: "2026-11-29",
    },
  },
  targetLabels: POD_TARGET,
  families: {
    tempo_discarded_spans_total: counter("tenant", "reason"),
    tempo_ingester_failed_flushes_total: counter(),
  },
};

/** The collector of spans, which is Alloy: of what it takes. */
export const COLLECTOR_METRICS: Source = {
  name: "the collector of spans",
  evidence: {
    recorded: {
      version: "1.18.1",
      url: "https://github.com/grafana/alloy/blob/v1.18.1/docs/sources/reference/components/otelcol/otelcol.receiver.otlp.md",
      date: "2026-11-29",
    },
  },
  targetLabels: POD_TARGET,
  families: {
    otelcol_receiver_accepted_spans_total: counter("component_id", "component_path", "receiver", "transport"),
    otelcol_receiver_refused_spans_total: counter("component_id", "component_path", "receiver", "transport"),
  },
};

/** The same, of what it sends on. */
export const SENDER_METRICS: Source = {
  name: "the collector of spans, as it sends them on",
  evidence: {
    recorded: {
      version: "0.153.0",
      url: "https://github.com/open-telemetry/opentelemetry-collector/blob/v0.153.0/exporter/exporterhelper/documentation.md",
      date: "2026-11-29",
    },
  },
  targetLabels: POD_TARGET,
  families: {
    otelcol_exporter_send_failed_spans_total: counter(
      ...["component_id", "component_path", "exporter", "error_type", "error_permanent"],
    ),
    otelcol_exporter_enqueue_failed_spans_total: counter("component_id", "component_path", "exporter"),
  },
};
