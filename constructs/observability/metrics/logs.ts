import { POD_TARGET, type Source } from "./source";

const counter = (...labels: string[]) => ({ type: "counter" as const, labels });

/** Loki, of itself. */
export const LOKI_METRICS: Source = {
  name: "Loki",
  evidence: {
    recorded: {
      version: "3.7.6",
      url: "https://grafana.com/docs/loki/latest/operations/observability/",
      date: "2026-11-29",
    },
  },
  targetLabels: POD_TARGET,
  families: {
    loki_distributor_lines_received_total: counter("tenant"),
    loki_discarded_samples_total: counter("tenant", "reason"),
  },
};

/** Alloy, of what it reads and sends. */
export const ALLOY_METRICS: Source = {
  name: "Alloy",
  evidence: {
    recorded: {
      version: "1.18.1",
      url: "https://github.com/grafana/alloy/blob/main/docs/sources/reference/components/loki/loki.write.md",
      date: "2026-11-29",
    },
  },
  targetLabels: POD_TARGET,
  families: {
    loki_write_dropped_entries_total: counter("component_id", "component_path", "host", "tenant", "reason"),
  },
};
