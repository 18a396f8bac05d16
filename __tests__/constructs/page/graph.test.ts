import type { Graph, GraphEdge, GraphNode, NodeKind } from "../../../constructs/page/graph/edges";
import { graphOf } from "../../../constructs/page/graph/edges";
import { layoutOf, NODE_HEIGHT } from "../../../constructs/page/graph/layout";
import { crossings, inOrder, type Slot } from "../../../constructs/page/graph/order";
import { ranksOf } from "../../../constructs/page/graph/ranks";
import { nearest } from "../../../constructs/page/graph/spacing";
import { drawing } from "../../../constructs/page/graph/svg";
import { environmentOf, factsOf, large } from "../../support/pages";

/* A graph of who needs whom: columns, order, places. */

const node = (id: string, kind: NodeKind = "workload"): GraphNode => ({ id, kind, name: id, note: "" });
const edge = (from: string, to: string): GraphEdge => ({ from, to, reads: false, by: "" });

const WIDTH = 120;
const laid = (graph: Graph) => layoutOf(graph, () => WIDTH);

/** The same numbers from the same seed. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

function randomGraph(seed: number): Graph {
  const next = numbers(seed);
  const upTo = (most: number): number => Math.floor(next() * most);
  const names = (prefix: string, kind: NodeKind, most: number): GraphNode[] =>
    Array.from({ length: 1 + upTo(most) }, (_, at) => node(`${prefix}${at}`, kind));
  const hosts = names("h", "host", 4);
  const workloads = names("w", "workload", 20);
  const services = names("s", "service", 12);
  const pick = (from: readonly GraphNode[]): string => from[upTo(from.length)]?.id ?? "";
  const edges = [
    ...hosts.map(({ id }) => edge(id, pick(workloads))),
    ...workloads.flatMap(({ id }) => Array.from({ length: upTo(4) }, () => edge(id, pick(services)))),
    // In every direction, in circles and to itself too.
    ...Array.from({ length: upTo(20) }, () => edge(pick(workloads), pick(workloads))),
  ];
  return { nodes: [...hosts, ...workloads, ...services], edges };
}

describe("columns", () => {
  const nodes = [node("h", "host"), node("a"), node("b"), node("c"), node("s", "service"), node("x", "outside")];

  test("are hosts, callers before callees, and what calls nobody", () => {
    const edges = [edge("h", "a"), edge("a", "b"), edge("b", "c"), edge("a", "c"), edge("a", "s"), edge("c", "x")];
    expect(ranksOf({ nodes, edges })).toEqual([["h"], ["a"], ["b"], ["c"], ["s", "x"]]);
  });

  test("cut a circle where it is closed, seen from who is called by nobody", () => {
    const edges = [edge("h", "a"), edge("a", "b"), edge("b", "c"), edge("c", "b")];
    expect(ranksOf({ nodes, edges })).toEqual([["h"], ["a"], ["b"], ["c"], ["s", "x"]]);
  });

  test("are fewer where a kind is missing", () => {
    expect(ranksOf({ nodes: [node("a")], edges: [] })).toEqual([["a"]]);
    expect(ranksOf({ nodes: [], edges: [] })).toEqual([]);
  });
});

describe("order", () => {
  const slots = (graph: Graph): Slot[][] => inOrder(graph, ranksOf(graph));

  test("two pairs that cross are uncrossed", () => {
    const nodes = [node("h1", "host"), node("h2", "host"), node("a"), node("b")];
    const graph = { nodes, edges: [edge("h1", "b"), edge("h2", "a")] };
    expect(crossings(slots(graph))).toBe(0);
  });

  test("what passes a column has a place there", () => {
    const graph = {
      nodes: [node("h", "host"), node("a"), node("b"), node("s", "service")],
      edges: [edge("h", "a"), edge("a", "b"), edge("h", "b"), edge("a", "s")],
    };
    const passing = slots(graph).map((column) => column.filter((slot) => slot.passing).map(({ id }) => id));
    expect(passing).toEqual([[], ["b"], ["s"], []]);
  });

  test("edges to one node pass a column together, but for those that only read", () => {
    const nodes = [node("h", "host"), node("a"), node("b"), node("c"), node("s", "service")];
    const edges = [edge("a", "b"), edge("a", "c"), edge("h", "s"), edge("a", "s"), { ...edge("b", "s"), reads: true }];
    const graph = { nodes, edges: [...edges, edge("b", "c")] };
    const passing = slots(graph).map((column) =>
      column
        .filter((slot) => slot.passing)
        .map(({ id }) => id)
        .sort(),
    );
    expect(passing).toEqual([[], ["s"], ["c", "s"], ["s", "s reads"], []]);
  });

  test("never crosses more than the order of the model", () => {
    for (let seed = 1; seed <= 40; seed++) {
      const graph = randomGraph(seed);
      const before = crossings(
        inOrder({ ...graph, edges: graph.edges }, ranksOf(graph)).map((column) =>
          // The order in which they were given, and what passes after the nodes.
          [...column].sort((a, b) => placeIn(graph, a) - placeIn(graph, b)),
        ),
      );
      expect(crossings(slots(graph))).toBeLessThanOrEqual(before);
    }
  });
});

const placeIn = ({ nodes }: Graph, { id, passing }: Slot): number =>
  passing ? nodes.length : nodes.findIndex((one) => one.id === id);

describe("places", () => {
  test("are the wished ones where there is room", () => {
    expect(nearest([0, 50, 100], [0, 20, 20])).toEqual([0, 50, 100]);
  });

  test("are pushed apart evenly where there is not", () => {
    expect(nearest([10, 10], [0, 20])).toEqual([0, 20]);
    expect(nearest([30, 10], [0, 20])).toEqual([10, 30]);
    expect(nearest([], [])).toEqual([]);
  });

  test("of random graphs: no node is on another, all are in the drawing, and edges end at their nodes", () => {
    for (let seed = 1; seed <= 60; seed++) {
      const graph = randomGraph(seed);
      const { nodes, edges, width, height } = laid(graph);
      expect(nodes.map(({ id }) => id).sort()).toEqual(graph.nodes.map(({ id }) => id).sort());
      for (const one of nodes) {
        expect(one.x >= 0 && one.y >= 0 && one.x + one.width <= width && one.y + NODE_HEIGHT <= height).toBe(true);
      }
      const overlapping = nodes.flatMap((one, at) =>
        nodes
          .slice(at + 1)
          .filter(
            (other) =>
              one.x < other.x + other.width &&
              other.x < one.x + one.width &&
              one.y < other.y + NODE_HEIGHT &&
              other.y < one.y + NODE_HEIGHT,
          ),
      );
      expect(overlapping).toEqual([]);
      const drawn = graph.edges.filter(({ from, to }) => from !== to);
      expect(edges).toHaveLength(drawn.length);
      for (const { index, points } of edges) {
        const { from, to } = graph.edges[index] ?? { from: "", to: "" };
        const touches = (id: string, point: { x: number; y: number } | undefined): boolean => {
          const one = nodes.find((candidate) => candidate.id === id);
          return (
            one !== undefined &&
            point !== undefined &&
            (point.x === one.x || point.x === one.x + one.width) &&
            point.y >= one.y &&
            point.y <= one.y + NODE_HEIGHT
          );
        };
        expect([touches(from, points[0]), touches(to, points.at(-1))]).toEqual([true, true]);
      }
    }
  });

  test("are the same for the same graph", () => {
    expect(laid(randomGraph(7))).toEqual(laid(randomGraph(7)));
  });

  test("no edge runs over a node that it is not of", () => {
    for (let seed = 1; seed <= 40; seed++) {
      const graph = randomGraph(seed);
      const { nodes, edges } = laid(graph);
      for (const { points } of edges) {
        // Straight parts pass a column; curves are between columns.
        const straight = points.slice(1, -1);
        for (let at = 0; at < straight.length; at += 2) {
          const [one, other] = [straight[at], straight[at + 1]];
          if (one === undefined || other === undefined) throw new Error("half a passage");
          expect(one.y).toBe(other.y);
          const [left, right] = [Math.min(one.x, other.x), Math.max(one.x, other.x)];
          const hit = nodes.filter(
            ({ x, y, width }) => x < right && left < x + width && one.y > y && one.y < y + NODE_HEIGHT,
          );
          expect(hit).toEqual([]);
        }
      }
    }
  });
});

describe("the graph of an application", () => {
  const [own] = factsOf([environmentOf("staging")]);
  const model = own?.document.applications["my-app"];
  if (model === undefined) throw new Error("no application");
  const graph = graphOf(model);

  test("has its hosts, workloads, services and what is outside, with their edges", () => {
    const ids = graph.nodes.map(({ id }) => id);
    expect(ids).toContain("host/staging.example.com");
    expect(ids).toContain("workload/backend");
    expect(ids).toContain("service/orders-db");
    expect(ids).toContain("outside/stripe");
    expect(graph.edges).toContainEqual({
      ...{ from: "workload/frontend", to: "workload/backend", reads: false, by: "BACKEND_URL" },
    });
    expect(graph.edges).toContainEqual({
      from: "host/staging.example.com",
      to: "workload/backend",
      reads: false,
      by: "/",
    });
  });

  test("tells an edge that only reads, and draws it otherwise", () => {
    const { backend } = model.workloads;
    if (backend === undefined) throw new Error("no backend");
    const edges = backend.edges.map((one) => (one.to === "service" ? { ...one, access: "read" as const } : one));
    const reading = graphOf({ ...model, workloads: { ...model.workloads, backend: { ...backend, edges } } });
    expect(reading.edges.filter(({ reads }) => reads)).toHaveLength(4);
    expect(drawing(reading, "g", "t").text).toContain("may only read");
    expect(drawing(graph, "g", "t").text).not.toContain("may only read");
  });

  test("leads no host to a workload by a route that redirects", () => {
    const routes = model.routes.map((route) => ({ ...route, settings: { redirectTo: "/new" } }));
    const redirected = graphOf({ ...model, routes });
    expect(redirected.edges.filter(({ from }) => from.startsWith("host/"))).toEqual([]);
    expect(redirected.nodes).toEqual(graph.nodes);
  });

  test("has a node for what only objects of its own need", () => {
    const objects = {
      job: {
        ...{ reason: "r", manifests: [], computedFields: [], scales: {} },
        edges: [{ to: "external" as const, name: "elsewhere", prefix: "ELSEWHERE_" }],
      },
    };
    const { nodes } = graphOf({ ...model, objects });
    expect(nodes).toContainEqual({ id: "outside/elsewhere", kind: "outside", name: "elsewhere", note: "outside" });
  });

  test("names no style and no script, and says all of a name that is cut", () => {
    const long = "a-host-of-a-very-long-name.staging.example.com";
    const { text } = drawing({ nodes: [node(long, "host")], edges: [] }, "g", "Who needs whom");
    expect(text).toContain(`<title>${long}: </title>`);
    expect(text).toContain("a-host-of-a-very-long-nam…");
    expect(text).not.toMatch(/style=|<script/);
  });

  test("of sixty nodes is laid out in a tenth of a second or so", () => {
    const [facts] = factsOf([large()]);
    const application = facts?.document.applications["large"];
    if (application === undefined) throw new Error("no application");
    const began = performance.now();
    expect(laid(graphOf(application)).nodes).toHaveLength(62);
    expect(performance.now() - began).toBeLessThan(500);
  });
});
