import type { JsonObject } from "../../kubernetes/json";
import type { ResolvedApplication, ResolvedWorkload } from "../../model/resolved";
import { spanVariables } from "../../model/tracing";
import { OTLP, TEMPO_PORT } from "../traces/names";
import { pipelineFile, PROBES } from "../traces/pipeline";
import { traceSizesOf } from "../traces/sizes";
import { tempoFile } from "../traces/tempo-file";
import { traceSource } from "../traces/traces";

/* Spans of workloads on one machine: Tempo and what takes them, with what a cluster of profile `small` has. */

export { OTLP, TEMPO_PORT };

const SIZES = traceSizesOf({ profile: "small" });

/** What Compose's health checks ask by, which are of as little interest as the kubelet's. A person's wget says its version. */
const CHECKS: readonly string[] = ["user_agent.original", "http.user_agent"].map(
  (attribute) => `IsMatch(span.attributes["${attribute}"], "^Wget$")`,
);

export const DROPPED: readonly string[] = [...PROBES, ...CHECKS];

/** Whether any workload's image has OpenTelemetry in it. */
export const isTraced = ({ workloads }: { readonly workloads: readonly Pick<ResolvedWorkload, "instrumented">[] }) =>
  workloads.some(({ instrumented }) => instrumented);

/**
 * The same application where every span of its workloads goes to a collector of this machine.
 *
 * @param collector name of its container
 */
export const withSpans = (application: ResolvedApplication, collector: string): ResolvedApplication => ({
  ...application,
  workloads: application.workloads.map((workload) => ({
    ...workload,
    tracing: workload.instrumented
      ? spanVariables({ url: `http://${collector}:${OTLP.http}` }, SIZES.ratio, {
          environment: application.environment,
          application: application.name,
          namespace: application.namespace,
          objectName: workload.objectName,
        })
      : undefined,
  })),
});

/** Tempo's file: that of a cluster with a volume. */
export const spanStoreFile = (): JsonObject => tempoFile({ interface: "volume" }, SIZES, SIZES.retentionDays);

/** The collector's file. @param tempo host of Tempo */
export const spanFile = (tempo: string): string =>
  pipelineFile({ tempo: `${tempo}:${OTLP.grpc}`, knowsPods: false, dropped: DROPPED });

/** Tempo, as Grafana asks it. @param tempo its address, without a path */
export const spanSource = (tempo: string): JsonObject => traceSource(true, tempo);
