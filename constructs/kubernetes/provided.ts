import type { Connection } from "../model/connection";
import type { Edge, ResolvedApplication, ResolvedWorkload } from "../model/resolved";
import { edgeVariables, type Variable } from "../model/variables";

/** What a cloud filled in for one application. Any cloud's answer has this shape; no cloud is imported here. */
export interface Provided {
  connection(workload: string, service: string): Connection;
  serviceAccountAnnotations(workload: string): Readonly<Record<string, string>>;
  /** @default - true where it has service account annotations */
  usesIdentity?(workload: string): boolean;
}

/** A workload with everything its edges brought, asked of the cloud once. */
export interface WiredWorkload {
  readonly workload: ResolvedWorkload;
  readonly edges: readonly WiredEdge[];
  readonly annotations: Readonly<Record<string, string>>;
  readonly usesIdentity: boolean;
}

export interface WiredEdge {
  readonly edge: Edge;
  /** Of a service edge only. */
  readonly connection?: Connection;
  readonly variables: readonly Variable[];
}

export function wire(application: ResolvedApplication, provided: Provided): WiredWorkload[] {
  return application.workloads.map((workload) => {
    const annotations = provided.serviceAccountAnnotations(workload.name);
    return {
      workload,
      edges: workload.edges.map((edge) => {
        const connection = edge.to === "service" ? provided.connection(workload.name, edge.service.name) : undefined;
        return { edge, connection, variables: edgeVariables(edge, connection) };
      }),
      annotations,
      usesIdentity: provided.usesIdentity?.(workload.name) ?? Object.keys(annotations).length > 0,
    };
  });
}
