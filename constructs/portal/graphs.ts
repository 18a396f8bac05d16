import { type Graph, type GraphEdge, type GraphNode, MOST_DRAWN } from "../page/graph/edges";
import { replicasOf } from "../page/sections/replicas";
import type { PortalApplication, PortalModel } from "./model";
import type { Here } from "./places";
import { type End, endKey, type Relation, type Relations } from "./relations";

/* Graphs that stay readable: of one thing with what is beside it, of an application, and of all applications. */

/** Most that is drawn on a side of one thing; how many more there are is said. */
const MOST_BESIDE = 16;

type Known = Pick<PortalModel, "services" | "workloads">;

/** Second lines of nodes by their keys. */
export function notesOf({ workloads, services }: Known): ReadonlyMap<string, string> {
  return new Map([
    ...workloads.map(({ application, name, shown: { it } }) => {
      const key = endKey({ kind: "workload", application, name });
      return [key, `${it.kind}, ${replicasOf(it)}`] as const;
    }),
    ...services.map(({ application, name, shown: { it } }) => {
      const key = endKey({ kind: "service", application, name });
      return [key, it.provided.version ?? it.kind] as const;
    }),
  ]);
}

/** Page of what a node stands for, by its key. */
export const nodeLink =
  (here: Here) =>
  (key: string): string | undefined => {
    const [kind = "", application = "", name = ""] = key.split("/");
    if (kind === "workload") return here.workload(application, name);
    if (kind === "service") return here.service(application, name);
    return kind === "objects" ? here.application(application) : undefined;
  };

const PLAIN: Readonly<Record<End["kind"], string>> = {
  workload: "workload",
  service: "data service",
  outside: "outside",
  objects: "objects of its own",
};

const nodeOf = (end: End, notes: ReadonlyMap<string, string>, from: string): GraphNode => ({
  id: endKey(end),
  kind: end.kind,
  name: end.name,
  note: end.application === from ? (notes.get(endKey(end)) ?? PLAIN[end.kind]) : `of ${end.application}`,
});

const edgeOf = ({ from, to, reads, by }: Relation): GraphEdge => ({ from: endKey(from), to: endKey(to), reads, by });

/** Ends on one side, the first ones, and a node for the others. */
function side(
  ends: readonly End[],
  id: string,
  notes: ReadonlyMap<string, string>,
  from: string,
): readonly [GraphNode[], ReadonlySet<string>] {
  const unique = [...new Map(ends.map((end) => [endKey(end), end])).values()];
  if (unique.length <= MOST_BESIDE) return [unique.map((end) => nodeOf(end, notes, from)), new Set()];
  const [shown, rest] = [unique.slice(0, MOST_BESIDE - 1), unique.slice(MOST_BESIDE - 1)];
  const more: GraphNode = { id, kind: "outside", name: `${rest.length} more`, note: "in the table below" };
  return [[...shown.map((end) => nodeOf(end, notes, from)), more], new Set(rest.map(endKey))];
}

/** A thing with what it needs and who needs it, by hosts too. */
export function beside(
  self: End,
  { from, to }: Relations,
  hosts: readonly { readonly host: string; readonly path: string }[],
  notes: ReadonlyMap<string, string>,
): Graph {
  const [leaving, arriving] = [from(self), to(self)];
  const [needs, beyond] = side(
    leaving.map((one) => one.to),
    "more/needs",
    notes,
    self.application,
  );
  const [callers, behind] = side(
    arriving.map((one) => one.from),
    "more/callers",
    notes,
    self.application,
  );
  const hostNames = [...new Set(hosts.map(({ host }) => host))].slice(0, MOST_BESIDE);
  const fold = (edge: GraphEdge): GraphEdge => ({
    ...edge,
    from: behind.has(edge.from) ? "more/callers" : edge.from,
    to: beyond.has(edge.to) ? "more/needs" : edge.to,
  });
  const edges = [
    ...hosts
      .filter(({ host }) => hostNames.includes(host))
      .map(({ host, path }) => ({ from: `host//${host}`, to: endKey(self), reads: false, by: path })),
    ...[...arriving, ...leaving].map(edgeOf).map(fold),
  ];
  const nodes = [
    ...hostNames.map((name): GraphNode => ({ id: `host//${name}`, kind: "host", name, note: "host" })),
    nodeOf(self, notes, self.application),
    ...callers,
    ...needs,
  ];
  return { nodes: [...new Map(nodes.map((one) => [one.id, one])).values()], edges };
}

const count = (amount: number, one: string): string => `${amount} ${one}${amount === 1 ? "" : "s"}`;

/** Everything of an application; of a large one what one team owns, and data services of one kind, are one node each. */
export function applicationGraph(
  { name, workloads, services, shown: { application } }: PortalApplication,
  relations: readonly Relation[],
  notes: ReadonlyMap<string, string>,
): { readonly graph: Graph; readonly isGrouped: boolean } {
  const mine = relations.filter(({ from }) => from.application === name);
  const own: End[] = [
    ...workloads.map((one): End => ({ kind: "workload", application: name, name: one.name })),
    ...services.map((one): End => ({ kind: "service", application: name, name: one.name })),
  ];
  const ends = [...own, ...mine.flatMap(({ from, to }) => [from, to])];
  const nodes = [...new Map(ends.map((end) => [endKey(end), nodeOf(end, notes, name)])).values()];
  const routes = application.routes.filter(({ settings }) => settings?.redirectTo === undefined);
  const hosts = [...new Set(routes.map(({ host }) => host))];
  const hostNodes = hosts.map((host): GraphNode => ({ id: `host//${host}`, kind: "host", name: host, note: "host" }));
  const edges: GraphEdge[] = [
    ...routes.map(({ host, path, workload }) => ({
      from: `host//${host}`,
      to: endKey({ kind: "workload", application: name, name: workload }),
      reads: false,
      by: path,
    })),
    ...mine.map(edgeOf),
  ];
  if (nodes.length + hostNodes.length <= MOST_DRAWN)
    return { graph: { nodes: [...hostNodes, ...nodes], edges }, isGrouped: false };
  const groups = new Map<string, string>([
    ...hosts.map((host) => [`host//${host}`, "host//group"] as const),
    ...workloads.map(
      (one) => [endKey({ kind: "workload", application: name, name: one.name }), `team//${one.owner}`] as const,
    ),
    ...services.map(
      (one) => [endKey({ kind: "service", application: name, name: one.name }), `kind//${one.shown.it.kind}`] as const,
    ),
  ]);
  return { graph: grouped({ nodes: [...hostNodes, ...nodes], edges }, groups), isGrouped: true };
}

function grouped({ nodes, edges }: Graph, groups: ReadonlyMap<string, string>): Graph {
  const groupOf = (node: GraphNode): string => groups.get(node.id) ?? `${node.kind}//group`;
  const members = new Map<string, GraphNode[]>();
  for (const node of nodes) members.set(groupOf(node), [...(members.get(groupOf(node)) ?? []), node]);
  const of = new Map(nodes.map((node) => [node.id, groupOf(node)]));
  const drawn = [...members].map(([id, all]): GraphNode => {
    const kind = all[0]?.kind ?? "outside";
    const [, , name = ""] = id.split("/");
    const called = name === "group" ? (kind === "host" ? "hosts" : kind === "outside" ? "outside" : "objects") : name;
    const what =
      kind === "workload" ? "service" : kind === "service" ? "data service" : kind === "host" ? "host" : "other";
    return { id, kind, name: called, note: count(all.length, what) };
  });
  const found = new Map<string, GraphEdge>();
  for (const { from, to, reads } of edges) {
    const [source, target] = [of.get(from) ?? from, of.get(to) ?? to];
    // What a group needs of itself would be a line to nowhere.
    if (source === target) continue;
    const before = found.get(`${source}\n${target}`);
    found.set(`${source}\n${target}`, { from: source, to: target, reads: reads && (before?.reads ?? true), by: "" });
  }
  return { nodes: drawn, edges: [...found.values()] };
}

/** Applications as nodes, and an edge where anything of one needs anything of another. */
export function programGraph(
  { applications }: Pick<PortalModel, "applications">,
  relations: readonly Relation[],
): Graph {
  const nodes = applications.map(({ name, workloads, services }): GraphNode => ({
    id: `application//${name}`,
    kind: "workload",
    name,
    note: `${count(workloads.length, "service")}, ${services.length} with data`,
  }));
  const between = relations.filter(({ from, to }) => from.application !== to.application);
  const pairs = new Map(
    between.map(({ from, to }) => [
      `${from.application}\n${to.application}`,
      { from: `application//${from.application}`, to: `application//${to.application}`, reads: false, by: "" },
    ]),
  );
  return { nodes, edges: [...pairs.values()] };
}
