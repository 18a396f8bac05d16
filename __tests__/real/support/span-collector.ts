import { createServer } from "node:http";
import { join } from "node:path";
import type { JsonObject } from "../../../constructs/kubernetes/json";
import { CHANGES, CLAIMS, PROBES, type Statements } from "../../../constructs/observability/traces/pipeline";

/* What happens to spans, as an OpenTelemetry Collector of the versions that Alloy has does it, with the same statements. */

/** The collector, as `.ci/install-span-collector` builds it. */
export const SPAN_COLLECTOR = join(__dirname, "..", "..", "..", ".cache", "span-collector", "bin", "collector");

/** A dollar of a statement, which the collector would read as a variable of its file; Alloy does not. */
const dollar = (statement: string): string => statement.replaceAll("$", "$$$$");

const changing = (all: readonly Statements[]): JsonObject => ({
  error_mode: "propagate",
  trace_statements: all.map(({ context, statements }) => ({ context, statements: statements.map(dollar) })),
});

/** Name of a service whose pod is known by its address here; and where it is. */
export const KNOWN = { service: "known", namespace: "its-namespace" } as const;

/** In the place of what knows pods, which asks a cluster: as that does, it leaves alone what is said already. */
const knowing = (key: string): Statements => ({
  context: "resource",
  statements: [
    `set(resource.attributes["${key}"], "${KNOWN.namespace}") where resource.attributes["${key}"] == nil and resource.attributes["service.name"] == "${KNOWN.service}"`,
  ],
});

/** The collector's file: from OTLP by HTTP on one port to OTLP in JSON at another. */
export const spanCollectorFile = (from: number, to: number, dropped: readonly string[] = PROBES): JsonObject => ({
  receivers: { otlp: { protocols: { http: { endpoint: `127.0.0.1:${from}` } } } },
  processors: {
    filter: { error_mode: "propagate", trace_conditions: [{ context: "span", conditions: dropped.map(dollar) }] },
    "transform/claims": changing(CLAIMS),
    "transform/known": changing([knowing("k8s.namespace.name")]),
    transform: changing(CHANGES),
  },
  exporters: {
    otlp_http: { endpoint: `http://127.0.0.1:${to}`, encoding: "json", compression: "none" },
  },
  service: {
    pipelines: {
      traces: {
        receivers: ["otlp"],
        processors: ["transform/claims", "transform/known", "filter", "transform"],
        exporters: ["otlp_http"],
      },
    },
  },
});

export interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Of whoever made it. */
  readonly resource: Readonly<Record<string, string>>;
}

interface Attributed {
  readonly attributes?: readonly {
    readonly key: string;
    readonly value: { readonly stringValue?: string; readonly intValue?: number | string };
  }[];
}

interface Sent {
  readonly resourceSpans: readonly {
    readonly resource: Attributed;
    readonly scopeSpans: readonly {
      readonly spans: readonly (Attributed &
        Pick<Span, "name" | "spanId" | "traceId"> & { readonly parentSpanId?: string })[];
    }[];
  }[];
}

const texts = ({ attributes = [] }: Attributed): Readonly<Record<string, string>> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? String(value.intValue ?? "")]));

const spansIn = (text: string): Span[] =>
  (JSON.parse(text) as Sent).resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map(({ parentSpanId = "", ...span }) => ({
        ...{ name: span.name, traceId: span.traceId, spanId: span.spanId, parentSpanId },
        ...{ attributes: texts(span), resource: texts(resource) },
      })),
    ),
  );

/** Takes what the collector sends, as Tempo would. */
export async function spanTaker(port: number): Promise<{ readonly spans: readonly Span[]; readonly stop: () => void }> {
  const spans: Span[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      spans.push(...spansIn(Buffer.concat(parts).toString()));
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(port, "127.0.0.1", resolve);
  });
  return { spans, stop: () => server.close() };
}
