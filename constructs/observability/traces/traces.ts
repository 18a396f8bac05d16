import type { Addon } from "../../addons/addon";
import type { CloudFacts } from "../../kubernetes/facts";
import { type JsonObject, toJson } from "../../kubernetes/json";
import type { PodPeer } from "../../model/connection";
import type { Environment } from "../../model/resolved";
import type { SpanCollector } from "../../model/tracing";
import { LOGS_SOURCE } from "../logs/names";
import { monitor } from "../prometheus/monitors";
import { LABELS } from "../prometheus/names";
import { ruleGroups } from "../rules";
import { type PlatformAlerts, platformContext, type PlatformPart } from "../runbooks/platform";
import { traceAlerts } from "./alerts";
import { collector, COLLECTOR_LABELS } from "./collector";
import {
  COLLECTOR,
  COLLECTOR_PORT,
  COLLECTOR_URL,
  OTLP,
  TEMPO,
  TEMPO_NAMESPACE,
  TEMPO_PORT,
  TEMPO_URL,
  TRACES_SOURCE,
} from "./names";
import { tracePlaybooks } from "./playbooks";
import type { TracesProps } from "./props";
import { traceSizesOf } from "./sizes";
import { tempo } from "./tempo";

const tempoPods: PodPeer = { namespace: TEMPO_NAMESPACE, labels: { "app.kubernetes.io/name": TEMPO } };
const collectorPods: PodPeer = { namespace: TEMPO_NAMESPACE, labels: COLLECTOR_LABELS };

/** What the alerts are about, as runbooks name it. */
const tracesPart = ({ name, contact }: Pick<Environment, "contact" | "name">): PlatformPart => ({
  ...{ environment: name, namespace: TEMPO_NAMESPACE, owner: contact },
});

/** Where workloads of an environment send spans, and how many of them. */
export const spanCollector = ({ ratio }: TracesProps): SpanCollector => ({
  url: COLLECTOR_URL,
  pods: collectorPods,
  ports: Object.values(OTLP),
  ratio: {
    production: ratio ?? traceSizesOf({ profile: "production" }).ratio,
    small: ratio ?? traceSizesOf({ profile: "small" }).ratio,
  },
});

export interface TracesInput {
  readonly traces: TracesProps;
  readonly dropped: boolean;
  /** Address of the folder of all runbooks. */
  readonly runbooks: string;
  readonly grafana: PodPeer;
  readonly scraper: PodPeer;
  /** Releases that are there first. */
  readonly after: readonly string[];
}

const from = ({ namespace, labels }: PodPeer): JsonObject => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
  podSelector: { matchLabels: labels },
});

/** Who writes to Tempo, which is the collector alone; who reads and who measures. The chart has no place for it. */
const policy = ({ grafana, scraper }: Pick<TracesInput, "grafana" | "scraper">): JsonObject => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name: "tempo-callers", namespace: TEMPO_NAMESPACE },
  spec: {
    podSelector: { matchLabels: tempoPods.labels },
    policyTypes: ["Ingress"],
    ingress: [
      { from: [{ podSelector: { matchLabels: collectorPods.labels } }], ports: [{ port: OTLP.grpc, protocol: "TCP" }] },
      { from: [grafana, scraper].map(from), ports: [{ port: TEMPO_PORT, protocol: "TCP" }] },
    ],
  },
});

const rules = (environment: Environment, { runbooks, traces }: TracesInput): JsonObject => ({
  apiVersion: "monitoring.coreos.com/v1",
  kind: "PrometheusRule",
  metadata: { name: "traces", namespace: TEMPO_NAMESPACE, labels: LABELS },
  spec: toJson({
    groups: ruleGroups(
      [traceAlerts(environment, spanCollector(traces).ratio[environment.profile])],
      platformContext(runbooks, tracesPart(environment)),
    ),
  }),
});

/** What keeps traces, then what sends to it. */
export function traceAddons(environment: Environment, facts: CloudFacts, input: TracesInput): Addon[] {
  const { traces, dropped, scraper, after } = input;
  return [
    tempo(environment, facts, {
      ...{ traces, dropped, after },
      objects: [policy(input), monitor({ name: TEMPO, pods: tempoPods, port: TEMPO_PORT }), rules(environment, input)],
    }),
    collector(environment, {
      scraper,
      objects: [monitor({ name: COLLECTOR, pods: collectorPods, port: COLLECTOR_PORT })],
      after: [TEMPO],
    }),
  ];
}

/**
 * A variable of Grafana's in a file of its sources, where a dollar is two:
 * https://grafana.com/docs/grafana/latest/administration/provisioning/#using-environment-variables
 */
const variable = (name: string): string => ["$$", "{", name, "}"].join("");

/** Tempo as Grafana's files have a source, with ways to the lines of a span where there are any. */
export const traceSource = (keepsLogs: boolean, url: string = TEMPO_URL): JsonObject => ({
  ...{ name: "Tempo", uid: TRACES_SOURCE, type: "tempo", access: "proxy", url, editable: false },
  jsonData: {
    ...(keepsLogs && {
      tracesToLogsV2: {
        datasourceUid: LOGS_SOURCE,
        // A line is written before its span ends, and its clock is another one.
        ...{ spanStartTimeShift: "-5m", spanEndTimeShift: "5m" },
        tags: [
          { key: "service.name", value: "app" },
          { key: "k8s.namespace.name", value: "namespace" },
        ],
        ...{ filterByTraceID: true, filterBySpanID: false, customQuery: true },
        // The field beside the line, and not the text of it: what a line says of another trace is not this one's.
        query: `{${variable("__tags")}} | trace_id = "${variable("__span.traceId")}"`,
      },
    }),
    nodeGraph: { enabled: true },
  },
});

/** Alerts of `traceAddons`, and what is done about them. */
export const traceRunbooks = (
  environment: Pick<Environment, "applications" | "contact" | "name" | "profile">,
  traces: TracesProps,
): PlatformAlerts => ({
  part: tracesPart(environment),
  groups: [traceAlerts(environment, spanCollector(traces).ratio[environment.profile])],
  playbooks: tracePlaybooks(environment.name),
});

/** What a source of logs says of traces: the field beside a line leads to its trace. */
export const TRACE_OF_LINE = {
  derivedFields: [
    {
      ...{ name: "Trace", matcherType: "label", matcherRegex: "trace_id" },
      ...{ url: variable("__value.raw"), datasourceUid: TRACES_SOURCE, urlDisplayLabel: "Show the trace" },
    },
  ],
} satisfies JsonObject;
