import { lacking, nodeReport } from "../../../constructs/capacity/nodes";
import { unplaced } from "../../../constructs/capacity/placement";
import { nodeProblems } from "../../../constructs/capacity/problems";
import type { NodePoolSupply, NodeSupply } from "../../../constructs/clouds/node-supply";
import type { PodDemand } from "../../../constructs/kubernetes/demand";
import { formatProblem } from "../../../constructs/model/problem";

/* Pods at their most against nodes at their most, with numbers that were computed by hand. */

const MIB = 2 ** 20;

const pool = (said: Partial<NodePoolSupply> = {}): NodePoolSupply => ({
  name: "general",
  path: ["nodes", "pools", "general", "max"],
  machine: "four-cores",
  nodes: 2,
  allocatable: { cpu: 4000, memory: 8192 * MIB, pods: 10 },
  system: false,
  ...said,
});

const SYSTEM = pool({ name: "system", path: ["nodes", "system", "max"], nodes: 1, system: true });

const pods = (count: number, cpu: number, mib = 128, said: Partial<PodDemand> = {}): PodDemand => ({
  name: "shop / web",
  count,
  cpu,
  memory: mib * MIB,
  ...said,
});

const texts = (demand: readonly PodDemand[], supply: NodeSupply): string[] =>
  nodeProblems(nodeReport(demand, supply), ["environments", "staging", "cloud"]).map(formatProblem);

describe("what fits exactly is taken, and one step more is refused", () => {
  const supply = { pools: [pool()] };

  test.each([
    ["cores", [pods(8, 1000)], []],
    ["a core too many", [pods(8, 1000), pods(1, 1)], ["cpu"]],
    ["memory", [pods(2, 100, 8192)], []],
    ["memory too small", [pods(2, 100, 8192), pods(1, 1, 1)], ["memory"]],
    ["pods", [pods(20, 1, 1)], []],
    ["a pod too many", [pods(21, 1, 1)], ["pods"]],
    ["all three too small", [pods(21, 1000, 8192)], ["cpu", "memory", "pods"]],
  ] as const)("%s", (_, demand, missing) => {
    const report = nodeReport(demand, supply);
    expect(lacking(report.applications)).toEqual(missing);
    expect(texts(demand, supply)).toHaveLength(missing.length);
  });
});

test("what every node runs is taken off each of them, with pods that are only counted", () => {
  const supply = { pools: [pool()], daemonPods: 3 };
  const agent: PodDemand = { ...pods(0, 500, 1024), perNode: true, onSystemNodes: true };
  const { perNode, applications } = nodeReport([pods(1, 100), agent], supply);
  expect(perNode).toEqual({ cpu: 500, memory: 1024 * MIB, pods: 4 });
  // Two nodes of 4000 - 500, 8192 - 1024 and 10 - 4.
  expect(applications.there).toEqual({ cpu: 7000, memory: 14336 * MIB, pods: 12 });
  expect(applications.wanted).toEqual({ cpu: 100, memory: 128 * MIB, pods: 1 });
});

test("nodes for add-ons are no room for applications, and add-ons may be on both", () => {
  const supply = { pools: [pool(), SYSTEM] };
  expect(texts([pods(9, 1000)], supply)).toEqual([expect.stringContaining("applications want up to 9 CPUs")]);
  const addon = pods(4, 1000, 128, { name: "platform / agent", onSystemNodes: true });
  expect(texts([pods(8, 1000), addon], supply)).toEqual([]);
  expect(texts([pods(8, 1000), addon, { ...addon, count: 1, cpu: 1 }], supply)).toEqual([
    expect.stringContaining("applications and add-ons want up to 12.1 CPUs"),
  ]);
});

test("a problem has the numbers, who wants most, and what to do", () => {
  const demand = [pods(9, 1000), pods(2, 250, 128, { name: "shop / worker" })];
  expect(texts(demand, { pools: [pool()] })).toEqual([
    'environments.staging.cloud.nodes.pools.general.max: got "general 2 x four-cores", applications want up to 9.5 CPUs ' +
      "(each autoscaler at its maximum, with the surge of an update, Jobs and runs of CronJobs), and nodes have 8 CPUs for " +
      "them at most. shop / web 9 pods, 9 CPUs; shop / worker 2 pods, 0.5 CPUs; allow more or larger nodes, or use a " +
      "smaller autoscaling.max, fewer replicas or smaller resources.requests",
  ]);
});

test("a pod that no node has room for is named though all together have", () => {
  const problems = texts([pods(1, 4001), pods(1, 100, 8193, { name: "shop / big" }), pods(0, 9000)], {
    pools: [pool()],
  });
  expect(problems).toEqual([
    expect.stringContaining("a pod of shop / web requests 4.1 CPUs and 0.2 GiB, which no node has for it"),
    expect.stringContaining("a pod of shop / big requests 0.1 CPUs and 8.1 GiB, which no node has for it"),
  ]);
  expect(problems[0]).toContain("environments.staging.cloud.nodes.pools.general: got ");
  expect(problems[0]).toContain("four-cores (4 CPUs, 8 GiB)");
});

describe("machines that are made as pods need them", () => {
  const flexible = { name: "general", path: ["nodes", "karpenter", "cpuLimit"], cpu: 4000, memory: 8192 * MIB };

  test("have a bound together, whatever size each is", () => {
    const supply = { pools: [SYSTEM], flexible };
    expect(texts([pods(1, 4000, 8192)], supply)).toEqual([]);
    expect(texts([pods(500, 8, 16)], supply)).toEqual([]);
    const [cpu, memory] = texts([pods(5, 1000, 2048)], supply);
    expect(cpu).toMatch(
      /^environments\.staging\.cloud\.nodes\.karpenter\.cpuLimit: got 4, applications want up to 5 CPUs/,
    );
    expect(memory).toContain("nodes have 8 GiB for them at most");
  });

  test("have no bound of memory where nobody knows their shape", () => {
    expect(texts([pods(1, 1000, 999_999)], { pools: [], flexible: { ...flexible, memory: undefined } })).toEqual([]);
  });
});

describe("pods that are placed one by one", () => {
  const left = (demand: readonly PodDemand[], supply: NodeSupply) => unplaced(nodeReport(demand, supply));

  test("find a node, or are counted by name", () => {
    expect(left([pods(2, 3000), pods(2, 1000)], { pools: [pool()] })).toEqual([]);
    // Three of 3000 are more than two nodes of 4000 take, though 9000 - 8000 is not what is missing.
    expect(left([pods(3, 2500)], { pools: [pool()] })).toEqual([{ name: "shop / web", count: 1 }]);
    expect(texts([pods(3, 2500)], { pools: [pool()] })).toEqual([]);
  });

  test("leave nodes for add-ons to add-ons, who go there first", () => {
    const addon = pods(1, 4000, 128, { name: "platform / agent", onSystemNodes: true });
    expect(left([addon, pods(2, 4000)], { pools: [pool(), SYSTEM] })).toEqual([]);
    expect(left([pods(3, 4000)], { pools: [pool(), SYSTEM] })).toEqual([{ name: "shop / web", count: 1 }]);
  });

  test("are not placed where nodes are made for them, or not known", () => {
    const flexible = { name: "general", path: [], cpu: 1, memory: 1 };
    expect(left([], { pools: [], flexible })).toBeUndefined();
    expect(left([], { pools: [], unbounded: "nobody knows" })).toBeUndefined();
    expect(left([], { pools: [pool({ allocatable: undefined })] })).toBeUndefined();
  });
});

test("what is not known refuses nothing, and is named", () => {
  const supply = { pools: [pool({ allocatable: undefined, machine: "x9.odd" })] };
  expect(texts([pods(999, 9000, 99_999)], supply)).toEqual([]);
  expect(nodeReport([], supply).unknownMachines).toEqual(["x9.odd"]);
  expect(texts([pods(999, 9000)], { pools: [], unbounded: "nobody knows" })).toEqual([]);
});

test("a pool that may have no node is no room", () => {
  expect(texts([pods(1, 100)], { pools: [pool({ nodes: 0 })] }).length).toBeGreaterThan(0);
});
