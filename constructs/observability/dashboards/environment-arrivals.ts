import { select } from "../alerts/promql";
import { ALLOY_NAMESPACE, LOKI_NAMESPACE } from "../logs/names";
import { TEMPO_NAMESPACE } from "../traces/names";
import { RANGE, type Row } from "./panel";

/* Whether logs and traces arrive where the environment has them. */

const rate = (metric: string, namespace: string): string => `rate(${select(metric, { namespace })}[${RANGE}])`;

const logs: Row = {
  title: "Logs",
  panels: [
    {
      title: "Lines that arrive",
      description: "Lines a second that Loki takes. Some pod always writes one: LogsNotArriving fires at 0.",
      unit: "short",
      queries: [
        { expr: `sum(${rate("loki_distributor_lines_received_total", LOKI_NAMESPACE)}) or vector(0)`, legend: "taken" },
      ],
    },
    {
      title: "Lines that do not",
      description: "Lines a second that Loki refuses or Alloy gives up, by the reason. Empty or at 0 there are none.",
      unit: "short",
      queries: [
        {
          expr: `sum by (reason) (${rate("loki_discarded_samples_total", LOKI_NAMESPACE)})`,
          legend: "refused: {{reason}}",
        },
        {
          expr: `sum by (reason) (${rate("loki_write_dropped_entries_total", ALLOY_NAMESPACE)})`,
          legend: "given up: {{reason}}",
        },
      ],
    },
  ],
};

const traces: Row = {
  title: "Traces",
  panels: [
    {
      title: "Spans that arrive",
      description: "Spans a second that the collector takes of workloads. At 0 none arrive, or nobody tells of them.",
      unit: "short",
      queries: [
        {
          expr: `sum(${rate("otelcol_receiver_accepted_spans_total", TEMPO_NAMESPACE)}) or vector(0)`,
          legend: "taken",
        },
      ],
    },
    {
      title: "Spans that do not",
      description:
        "Spans a second that the collector refuses, that do not reach Tempo, and that Tempo takes no further. Empty or at 0 there are none.",
      unit: "short",
      queries: [
        { expr: `sum(${rate("otelcol_receiver_refused_spans_total", TEMPO_NAMESPACE)})`, legend: "refused" },
        { expr: `sum(${rate("otelcol_exporter_send_failed_spans_total", TEMPO_NAMESPACE)})`, legend: "given up" },
        {
          expr: `sum by (reason) (${rate("tempo_discarded_spans_total", TEMPO_NAMESPACE)})`,
          legend: "discarded: {{reason}}",
        },
      ],
    },
  ],
};

/** Rows of what is there of both. */
export const arrivals = ({
  keepsLogs,
  takesTraces,
}: {
  readonly keepsLogs: boolean;
  readonly takesTraces: boolean;
}): Row[] => [...(keepsLogs ? [logs] : []), ...(takesTraces ? [traces] : [])];
