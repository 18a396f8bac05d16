import { applicationGraph, beside, notesOf } from "../../../constructs/portal/graphs";
import { portalModel } from "../../../constructs/portal/model";
import { type End, indexed, type Relation, relationsOf } from "../../../constructs/portal/relations";
import { factsOf, large } from "../../support/pages";

/* Graphs that stay readable, however much there is. */

const self: End = { kind: "service", application: "shop", name: "db" };

const callers = (count: number): Relation[] =>
  Array.from({ length: count }, (_, at) => ({
    ...{ from: { kind: "workload", application: "shop", name: `caller-${at}` }, to: self },
    ...{ reads: false, by: "DB_URL", environments: ["one"] },
  }));

test("beside one thing there are all that need it, and of many the first and how many more", () => {
  const few = beside(self, indexed(callers(16)), [], new Map());
  expect(few.nodes).toHaveLength(17);
  const crowd = beside(self, indexed(callers(200)), [], new Map());
  expect(crowd.nodes).toHaveLength(17);
  expect(crowd.nodes.map(({ name }) => name)).toContain("185 more");
  const ids = new Set(crowd.nodes.map(({ id }) => id));
  expect(crowd.edges.every(({ from, to }) => ids.has(from) && ids.has(to))).toBe(true);
});

test("sixty things of an application are drawn each, and two hundred by who answers for them", () => {
  const sixty = portalModel(factsOf([large()]), () => true);
  const [application] = sixty.applications;
  if (application === undefined) throw new Error("no application");
  const relations = relationsOf(sixty);
  const { graph, isGrouped } = applicationGraph(application, relations, notesOf(sixty));
  expect({ isGrouped, nodes: graph.nodes.length }).toEqual({ isGrouped: false, nodes: 62 });
  const copies = Array.from({ length: 4 }, (_, copy) =>
    application.workloads.map((one) => ({ ...one, name: `${one.name}-${copy}`, owner: `team-${copy % 2}` })),
  ).flat();
  const crowd = { ...application, workloads: copies };
  const grouped = applicationGraph(crowd, relations, notesOf(sixty));
  expect(grouped.isGrouped).toBe(true);
  expect(grouped.graph.nodes.map(({ name, note }) => `${name}: ${note}`)).toEqual(
    expect.arrayContaining(["team-0: 80 services", "team-1: 80 services", "mysql: 10 data services"]),
  );
  expect(grouped.graph.nodes.length).toBeLessThan(10);
});
