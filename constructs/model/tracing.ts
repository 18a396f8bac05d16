import type { PodPeer } from "./connection";

/* Where workloads send what they did for each request, and what they are told of it. */

/** Where an environment takes spans by OpenTelemetry's protocol. */
export interface SpanCollector {
  /** Address to which they are sent by HTTP, without a path: `http://otlp.tempo.svc:4318`. */
  readonly url: string;
  /** Pods that take them, and their ports. */
  readonly pods: PodPeer;
  readonly ports: readonly number[];
  /** Share of requests that are traced, up to 1, by the environment's profile. */
  readonly ratio: Readonly<Record<"production" | "small", number>>;
}

/** Whose spans they are. */
interface Sender {
  readonly environment: string;
  readonly application: string;
  readonly namespace: string;
  /** Name of the workload's objects, which is its label `app` and that of its lines. */
  readonly objectName: string;
}

/** Commas, equals signs and blanks of a value would end it: https://opentelemetry.io/docs/specs/otel/resource/sdk/ */
const attributes = (all: Readonly<Record<string, string>>): string =>
  Object.entries(all)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join(",");

/**
 * Variables by which an SDK of OpenTelemetry, or what is baked into an image, knows where to send spans and whose they are. Nothing in them
 * loads anything: in an image without OpenTelemetry they do nothing. The version is not among them: whoever takes spans reads
 * it of the pod, which a release changes.
 *
 * @see https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
export function spanVariables(
  { url }: Pick<SpanCollector, "url">,
  ratio: number,
  { environment, application, namespace, objectName }: Sender,
): Readonly<Record<string, string>> {
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
    OTEL_TRACES_EXPORTER: "otlp",
    // Measures are Prometheus' and lines are read of the container: an SDK would send both as well.
    OTEL_METRICS_EXPORTER: "none",
    OTEL_LOGS_EXPORTER: "none",
    OTEL_PROPAGATORS: "tracecontext,baggage",
    OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
    OTEL_TRACES_SAMPLER_ARG: String(ratio),
    OTEL_SERVICE_NAME: objectName,
    OTEL_RESOURCE_ATTRIBUTES: attributes({
      "service.namespace": application,
      "k8s.namespace.name": namespace,
      "deployment.environment.name": environment,
      // What conventions called it until 1.27, and many tools ask for.
      "deployment.environment": environment,
    }),
    // Images of this program's say that it is, so that nothing is sent where nobody takes it.
    OTEL_SDK_DISABLED: "false",
    // PHP's SDK does nothing by itself until it is told.
    OTEL_PHP_AUTOLOAD_ENABLED: "true",
  };
}

/** Names of these variables. */
export const SPAN_VARIABLES: readonly string[] = Object.keys(
  spanVariables({ url: "" }, 1, { environment: "", application: "", namespace: "", objectName: "" }),
);

/** Plain variables of a workload in a cluster: what it is told of spans, and its own, which count before these. */
export const plainVariables = ({
  tracing,
  config,
}: {
  readonly tracing: Readonly<Record<string, string>> | undefined;
  readonly config: Readonly<Record<string, string>>;
}): Readonly<Record<string, string>> => ({ ...tracing, ...config });
