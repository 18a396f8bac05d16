import type { Graph, GraphEdge, NodeKind } from "./edges";

/** Columns of a graph from left to right: ids of nodes. */
export type Ranks = readonly (readonly string[])[];

const RUNS: readonly NodeKind[] = ["workload", "objects"];

/**
 * Edges between what runs, without those that lead back in a circle: which of a circle's edges that is follows from the order of
 * the nodes.
 */
function forward(ids: readonly string[], edges: readonly GraphEdge[]): GraphEdge[] {
  const leading = new Map<string, GraphEdge[]>();
  for (const edge of edges) leading.set(edge.from, [...(leading.get(edge.from) ?? []), edge]);
  const [kept, done, under] = [new Set<GraphEdge>(), new Set<string>(), new Set<string>()];
  const visit = (id: string): void => {
    if (done.has(id)) return;
    under.add(id);
    for (const edge of leading.get(id) ?? []) {
      if (under.has(edge.to)) continue;
      kept.add(edge);
      visit(edge.to);
    }
    under.delete(id);
    done.add(id);
  };
  // Who is called by nobody comes first, so that a circle is cut where requests arrive.
  const called = new Set(edges.map(({ to }) => to));
  for (const id of [...ids.filter((one) => !called.has(one)), ...ids]) visit(id);
  return edges.filter((edge) => kept.has(edge));
}

/** Longest way to each node. There is no circle. */
function depths(ids: readonly string[], edges: readonly GraphEdge[]): Map<string, number> {
  const coming = new Map<string, string[]>();
  for (const { from, to } of edges) coming.set(to, [...(coming.get(to) ?? []), from]);
  const found = new Map<string, number>();
  const depth = (id: string): number => {
    const known = found.get(id);
    if (known !== undefined) return known;
    const own = Math.max(0, ...(coming.get(id) ?? []).map((from) => depth(from) + 1));
    found.set(id, own);
    return own;
  };
  for (const id of ids) depth(id);
  return found;
}

/**
 * Columns of a graph: hosts, what runs by who calls whom, and then what is needed and calls nobody. An edge between what runs
 * leads to the right, but for those that close a circle.
 */
export function ranksOf({ nodes, edges }: Graph): Ranks {
  const of = (kinds: readonly NodeKind[]): string[] =>
    nodes.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id);
  const running = of(RUNS);
  const between = edges.filter(({ from, to }) => running.includes(from) && running.includes(to) && from !== to);
  const depth = depths(running, forward(running, between));
  const deepest = Math.max(-1, ...depth.values());
  const columns = Array.from({ length: deepest + 1 }, (_, at) => running.filter((id) => depth.get(id) === at));
  return [of(["host"]), ...columns, of(["service", "outside"])].filter((column) => column.length > 0);
}
