import { MASK, type Redaction, REDACTIONS } from "../logs/redaction";
import { alloyFile, type Block, component, part, type Value } from "../logs/syntax";
import { OTLP, TEMPO, TEMPO_NAMESPACE } from "./names";

/* What the collector does to spans: Alloy's components are those of OpenTelemetry's collector. */

const input = (type: string): Value => ({ reference: `otelcol.${type}.traces.input` });

/** Where spans go on. */
const to = (type: string): Block => part("output", { traces: [input(type)] });

/** A text of OTTL, whose escapes are Go's: https://pkg.go.dev/github.com/open-telemetry/opentelemetry-collector-contrib/pkg/ottl */
const text = (value: string): string => JSON.stringify(value);

/** What the kubelet asks is of no interest to anybody: most requests of a quiet service would be of it. */
export const PROBES: readonly string[] = [
  'IsMatch(span.attributes["user_agent.original"], "^kube-probe/")',
  'IsMatch(span.attributes["http.user_agent"], "^kube-probe/")',
];

const masking = ({ before, secret, after = "", anyCase = false }: Redaction): string => {
  const expression = `${anyCase ? "(?i)" : ""}(${before})(?:${secret})(${after})`;
  return `replace_all_patterns(span.attributes, "value", ${text(expression)}, ${text(`$1${MASK}$2`)})`;
};

/** What looks like a secret in an attribute of a span, a statement of SQL or an address, is taken out as it is of lines. */
export const MASKING: readonly string[] = REDACTIONS.map(masking);

/** Spans that wait for Tempo, in batches; those beyond are refused, and whoever sent them tries again for a while. */
const QUEUE = 1000;

/** Alloy's configuration as blocks. */
export const pipeline = (): Block[] => [
  part("logging", { level: "info", format: "json" }),
  component("otelcol.receiver.otlp", "traces", {}, [
    part("grpc", { endpoint: `0.0.0.0:${OTLP.grpc}` }),
    part("http", { endpoint: `0.0.0.0:${OTLP.http}` }),
    to("processor.memory_limiter"),
  ]),
  // Refuses spans before the kernel ends the process with all that wait.
  component(
    "otelcol.processor.memory_limiter",
    "traces",
    { check_interval: "1s", limit_percentage: 80, spike_limit_percentage: 20 },
    [to("processor.k8sattributes")],
  ),
  // By the address that spans come from, which nobody can say otherwise: before batches, which forget it.
  component("otelcol.processor.k8sattributes", "traces", {}, [
    part("extract", { metadata: ["k8s.namespace.name", "k8s.pod.name", "k8s.node.name"] }, [
      part("label", { from: "pod", key: "app.kubernetes.io/version", tag_name: "service.version" }),
    ]),
    part("pod_association", {}, [part("source", { from: "connection" })]),
    to("processor.filter"),
  ]),
  component("otelcol.processor.filter", "traces", { error_mode: "ignore" }, [
    part("trace_conditions", { context: "span", conditions: [...PROBES] }),
    to("processor.transform"),
  ]),
  component("otelcol.processor.transform", "traces", { error_mode: "ignore" }, [
    part("trace_statements", { context: "span", statements: [...MASKING] }),
    to("processor.batch"),
  ]),
  component("otelcol.processor.batch", "traces", { timeout: "1s" }, [to("exporter.otlp")]),
  component("otelcol.exporter.otlp", "traces", {}, [
    part("client", { endpoint: `${TEMPO}.${TEMPO_NAMESPACE}.svc:${OTLP.grpc}` }, [part("tls", { insecure: true })]),
    part("sending_queue", { queue_size: QUEUE }),
    part("retry_on_failure", { initial_interval: "1s", max_interval: "30s", max_elapsed_time: "10m" }),
  ]),
];

export const pipelineFile = (): string => alloyFile(pipeline());
