import type { ApplicationDocument, WorkloadDocument } from "../../model-json/schema";
import { replicasOf } from "../sections/replicas";

/* An application as a graph: hosts, what runs, and what that needs. Read from the model that every output is made of. */

/** What a node stands for. A host leads to workloads; services and what is outside lead nowhere. */
export type NodeKind = "host" | "objects" | "outside" | "service" | "workload";

export interface GraphNode {
  /** Unique in the graph: a workload and a service may have one name. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly name: string;
  /** A second line: `php-fpm, 3 to 10`. */
  readonly note: string;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** Whether it may only read. */
  readonly reads: boolean;
  /** What the caller finds it by: `PathPrefix /`, `BACKEND_URL`, `DATABASE_…`. */
  readonly by: string;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** Most nodes that are drawn: of more, lines alone fill a screen. */
export const MOST_DRAWN = 70;

type Edge = WorkloadDocument["edges"][number];

const idOf = (kind: NodeKind, name: string): string => `${kind}/${name}`;

const KIND_OF: Readonly<Record<Edge["to"], NodeKind>> = {
  service: "service",
  workload: "workload",
  external: "outside",
  objects: "objects",
};

function by(edge: Edge): string {
  if (edge.to === "workload") return edge.variable;
  return edge.prefix === "" ? "variables of its kind" : `${edge.prefix}…`;
}

const edgesOf = (from: string, edges: readonly Edge[]): GraphEdge[] =>
  edges.map((edge) => ({
    from,
    to: idOf(KIND_OF[edge.to], edge.name),
    reads: edge.to === "service" && edge.access === "read",
    by: by(edge),
  }));

const outsideNote = (external: ApplicationDocument["externals"][string]): string =>
  external.kind === "peer" ? `in ${external.namespace}` : `${external.host}:${external.port}`;

/** What only objects of an application's own need, which the model lists nowhere else. */
function lackingNodes(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): GraphNode[] {
  const known = new Set(nodes.map(({ id }) => id));
  const lacking = [...new Set(edges.map(({ to }) => to))].filter((id) => !known.has(id));
  return lacking.map((id) => {
    const [, name = id] = /^[a-z]+\/(.*)$/s.exec(id) ?? [];
    return { id, kind: "outside", name, note: "outside" };
  });
}

/**
 * The graph of an application: nodes by kind and then as the model has them, each edge once. A route that only redirects leads to no
 * workload.
 */
export function graphOf({ routes, workloads, services, externals, objects = {} }: ApplicationDocument): Graph {
  const hosts = [...new Map(routes.map(({ host, hostName }) => [host, hostName]))];
  const nodes: GraphNode[] = [
    ...hosts.map(([name, note]) => ({ id: idOf("host", name), kind: "host" as const, name, note: `host ${note}` })),
    ...Object.entries(workloads).map(([name, workload]) => ({
      id: idOf("workload", name),
      kind: "workload" as const,
      name,
      note: `${workload.kind}, ${replicasOf(workload)}`,
    })),
    ...Object.entries(objects).map(([name, { pods }]) => ({
      id: idOf("objects", name),
      kind: "objects" as const,
      name,
      note: pods === undefined ? "objects" : `objects, ${pods.count}`,
    })),
    ...Object.entries(services).map(([name, { kind, provided, sizing }]) => ({
      id: idOf("service", name),
      kind: "service" as const,
      name,
      note: `${provided.version ?? kind}, ${sizing.placement}`,
    })),
    ...Object.entries(externals).map(([name, external]) => ({
      id: idOf("outside", name),
      kind: "outside" as const,
      name,
      note: outsideNote(external),
    })),
  ];
  const edges: GraphEdge[] = [
    ...routes
      .filter(({ settings }) => settings?.redirectTo === undefined)
      .map(({ host, path, pathType, workload }) => ({
        from: idOf("host", host),
        to: idOf("workload", workload),
        reads: false,
        by: `${pathType === "Exact" ? "exactly " : ""}${path}`,
      })),
    ...Object.entries(workloads).flatMap(([name, workload]) => edgesOf(idOf("workload", name), workload.edges)),
    ...Object.entries(objects).flatMap(([name, group]) => edgesOf(idOf("objects", name), group.edges)),
  ];
  return { nodes: [...nodes, ...lackingNodes(nodes, edges)], edges };
}
