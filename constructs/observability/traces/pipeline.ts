import { MASK, type Redaction, REDACTIONS } from "../logs/redaction";
import { alloyFile, type Block, component, part } from "../logs/syntax";
import { OTLP, TEMPO, TEMPO_NAMESPACE } from "./names";

/* What the collector does to spans: Alloy's components are those of OpenTelemetry's collector. */

/** What goes on to a component: there is one of each type, but of those that change spans. */
const to = (type: string, label = "traces"): Block =>
  part("output", { traces: [{ reference: `otelcol.${type}.${label}.input` }] });

/** A text of OTTL, whose escapes are Go's: https://pkg.go.dev/github.com/open-telemetry/opentelemetry-collector-contrib/pkg/ottl */
const text = (value: string): string => JSON.stringify(value);

/** What the kubelet asks is of no interest to anybody: most requests of a quiet service would be of it. */
export const PROBES: readonly string[] = [
  'IsMatch(span.attributes["user_agent.original"], "^kube-probe/")',
  'IsMatch(span.attributes["http.user_agent"], "^kube-probe/")',
];

/** Statements about one level of what arrives. */
export interface Statements {
  readonly context: "resource" | "span" | "spanevent";
  readonly statements: readonly string[];
}

const ofResource = (key: string): string => `resource.attributes[${text(key)}]`;

const NAMESPACE = ofResource("k8s.namespace.name");

/** Where the namespace waits that a pod says of itself, until it is known whether somebody else knows it. */
const SAID = ofResource("goldenpath.said.namespace");

/** What a pod says of where it runs is no evidence: it may be another's. It is taken out before whoever knows it says it. */
export const CLAIMS: readonly Statements[] = [
  {
    context: "resource",
    statements: [
      `set(${SAID}, ${NAMESPACE})`,
      `delete_matching_keys(resource.attributes, ${text(String.raw`^k8s\.`)})`,
    ],
  },
];

/** Takes a pod at its word where nobody knows its address, as in the moment in which the collector starts: better than nothing. */
const UNKNOWN: Statements = {
  context: "resource",
  statements: [
    `set(${NAMESPACE}, ${SAID}) where ${NAMESPACE} == nil`,
    `delete_key(resource.attributes, "goldenpath.said.namespace")`,
  ],
};

const masking =
  (context: Statements["context"], texts: readonly string[]) =>
  ({ before, secret, after = "", anyCase = false }: Redaction): string[] => {
    const expression = text(`${anyCase ? "(?i)" : ""}(${before})(?:${secret})(${after})`);
    const mask = text(`$1${MASK}$2`);
    return [
      `replace_all_patterns(${context}.attributes, "value", ${expression}, ${mask})`,
      ...texts.map((path) => `replace_pattern(${context}.${path}, ${expression}, ${mask})`),
    ];
  };

const masked = (context: Statements["context"], ...texts: readonly string[]): Statements => ({
  context,
  statements: REDACTIONS.flatMap(masking(context, texts)),
});

/**
 * What looks like a secret is taken out as it is of lines: in a statement of SQL, in an address, and in the words of an exception,
 * which SDKs write into an event and into the status of a span.
 */
export const CHANGES: readonly Statements[] = [
  UNKNOWN,
  masked("resource"),
  masked("span", "name", "status.message"),
  masked("spanevent", "name"),
];

/**
 * Batches that wait for Tempo. Those beyond are dropped: who sent them had its answer when they became a batch. A batch is tried
 * for the time from which on it is somebody's turn to send it, not from when it began to wait.
 */
const QUEUE = 1000;

const changing = (label: string, all: readonly Statements[], next: Block): Block =>
  component("otelcol.processor.transform", label, { error_mode: "ignore" }, [
    ...all.map(({ context, statements }) => part("trace_statements", { context, statements: [...statements] })),
    next,
  ]);

/** Where spans are taken and go. */
export interface SpanPlace {
  /** Host and port of Tempo. */
  readonly tempo: string;
  /** Whether the API server is asked whose pod an address is of. Where there is none, whoever sends is taken at its word. */
  readonly knowsPods: boolean;
  /** Spans that are dropped, as conditions of OTTL. */
  readonly dropped: readonly string[];
}

const IN_CLUSTER: SpanPlace = {
  tempo: `${TEMPO}.${TEMPO_NAMESPACE}.svc:${OTLP.grpc}`,
  knowsPods: true,
  dropped: PROBES,
};

/** Tells the pod by the address that spans come from: before batches, which forget it. It leaves alone what is said already. */
const knowing = (): Block =>
  component("otelcol.processor.k8sattributes", "traces", {}, [
    part("extract", { metadata: ["k8s.namespace.name", "k8s.pod.name", "k8s.node.name"] }, [
      part("label", { from: "pod", key: "app.kubernetes.io/version", tag_name: "service.version" }),
    ]),
    part("pod_association", {}, [part("source", { from: "connection" })]),
    to("processor.filter"),
  ]);

/** Alloy's configuration as blocks. */
export const pipeline = ({ tempo, knowsPods, dropped }: SpanPlace = IN_CLUSTER): Block[] => [
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
    [to("processor.transform", "claims")],
  ),
  changing("claims", CLAIMS, to(knowsPods ? "processor.k8sattributes" : "processor.filter")),
  ...(knowsPods ? [knowing()] : []),
  component("otelcol.processor.filter", "traces", { error_mode: "ignore" }, [
    part("trace_conditions", { context: "span", conditions: [...dropped] }),
    to("processor.transform"),
  ]),
  changing("traces", CHANGES, to("processor.batch")),
  component("otelcol.processor.batch", "traces", { timeout: "1s" }, [to("exporter.otlp")]),
  component("otelcol.exporter.otlp", "traces", {}, [
    part("client", { endpoint: tempo }, [part("tls", { insecure: true })]),
    part("sending_queue", { queue_size: QUEUE }),
    part("retry_on_failure", { initial_interval: "1s", max_interval: "30s", max_elapsed_time: "10m" }),
  ]),
];

export const pipelineFile = (place?: SpanPlace): string => alloyFile(pipeline(place));
