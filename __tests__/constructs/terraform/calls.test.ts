import type { KubernetesObject } from "../../../constructs/kubernetes/objects";
import { Calls } from "../../../constructs/terraform/calls";
import { backend, frontend, render, resolvedApplication } from "../../support/resolved";

type Edges = Readonly<Record<string, readonly string[]>>;

/** Workloads that answer HTTP, and whom each of them calls. */
function calls(edges: Edges): { readonly of: (name: string) => string[]; readonly depth: (name: string) => number } {
  const workloads = Object.entries(edges).map(([name, callees]) =>
    frontend({
      name,
      objectName: `my-app-${name}`,
      edges: callees.map((workload) => ({
        to: "workload",
        workload,
        host: `my-app-${workload}`,
        port: 80,
        variable: `${workload.toUpperCase()}_URL`,
      })),
    }),
  );
  const objects = render({ application: resolvedApplication({ workloads, routes: [] }) });
  const found = new Calls(objects);
  const deployment = (name: string): KubernetesObject => {
    const one = objects.find(({ kind, metadata }) => kind === "Deployment" && metadata.name === `my-app-${name}`);
    if (one === undefined) throw new Error(`no Deployment of ${name}`);
    return one;
  };
  return {
    of: (name) => found.of(deployment(name)).map((callee) => callee.replace("my-app-", "")),
    depth: (name) => found.depth(deployment(name)),
  };
}

test("whoever calls comes after those it calls, and those after theirs", () => {
  const { of, depth } = calls({ a: ["b", "c"], b: ["c"], c: [] });
  expect([of("a"), of("b"), of("c")]).toEqual([["b", "c"], ["c"], []]);
  expect([depth("a"), depth("b"), depth("c")]).toEqual([2, 1, 0]);
});

test("of those that call each other none waits for the other, and who calls one of them waits for it", () => {
  const { of, depth } = calls({ a: ["b"], b: ["c"], c: ["b"], d: ["d"] });
  expect([of("a"), of("b"), of("c"), of("d")]).toEqual([["b"], [], [], []]);
  expect([depth("a"), depth("b"), depth("c")]).toEqual([1, 0, 0]);
});

test("behind a Service are the Deployments that it selects", () => {
  const objects = render({
    application: resolvedApplication({ workloads: [backend(), frontend({ edges: [] })], routes: [] }),
  });
  const found = new Calls(objects);
  const { namespace = "" } = objects.find(({ kind }) => kind === "Service")?.metadata ?? {};
  expect(found.behind(namespace, "my-app-backend")).toEqual(["my-app-backend"]);
  expect(found.behind(namespace, "another")).toEqual([]);
});
