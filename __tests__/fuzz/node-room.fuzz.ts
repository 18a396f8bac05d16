import { nodeReport } from "../../constructs/capacity/nodes";
import { unplaced } from "../../constructs/capacity/placement";
import { nodeProblems } from "../../constructs/capacity/problems";
import type { NodePoolSupply, NodeSupply } from "../../constructs/clouds/node-supply";
import type { EnvironmentSpec } from "../../constructs/environment";
import type { PodDemand } from "../../constructs/kubernetes/demand";
import { loadEnvironments } from "../../constructs/model/load";
import { parseBytes, parseCpu } from "../../constructs/model/quantity";
import { renderEnvironments } from "../../constructs/rendering/render-environment";
import { randomApplication } from "./support/application";
import { INPUTS } from "./support/inputs";
import { Random, SEED } from "./support/random";
import { build, replaced, valueAt } from "./support/tree";

/* What is refused cannot be scheduled by any scheduler, and what is counted is what a quota admits. */

const MIB = 2 ** 20;

const problemsOf = (demand: readonly PodDemand[], supply: NodeSupply) =>
  nodeProblems(nodeReport(demand, supply), ["cloud"]);

function randomSupply(random: Random): NodeSupply {
  const pools = Array.from({ length: random.between(1, 4) }, (_, at): NodePoolSupply => ({
    name: `pool-${at}`,
    path: ["nodes", "pools", `pool-${at}`, "max"],
    machine: `machine-${at}`,
    nodes: random.between(1, 6),
    allocatable: {
      cpu: random.between(500, 16_000),
      memory: random.between(512, 65_536) * MIB,
      ...(random.chance(70) && { pods: random.between(5, 110) }),
    },
    // One at least is for applications.
    system: at > 0 && random.chance(30),
  }));
  return { pools, daemonPods: random.between(0, 4) };
}

/** Pods that a scheduler has placed already: node by node, whatever still fits. */
function placed(random: Random, { pools, daemonPods = 0 }: NodeSupply, agent: PodDemand): PodDemand[] {
  return pools.flatMap(({ allocatable, nodes, system }) =>
    Array.from({ length: nodes }).flatMap(() => {
      if (allocatable === undefined) return [];
      let cpu = allocatable.cpu - agent.cpu;
      let memory = allocatable.memory - agent.memory;
      let left = (allocatable.pods ?? 40) - 1 - daemonPods;
      const found: PodDemand[] = [];
      while (left > 0 && cpu > 0 && memory > 0 && random.chance(90)) {
        const one = { cpu: random.between(0, cpu), memory: random.between(0, memory) };
        found.push({ name: "x", count: 1, ...one, ...((system || random.chance(20)) && { onSystemNodes: true }) });
        [cpu, memory, left] = [cpu - one.cpu, memory - one.memory, left - 1];
      }
      return found;
    }),
  );
}

test.each(Array.from({ length: 200 }, (_, run) => run))(`what is placed is never refused: ${SEED} %i`, (run) => {
  const random = new Random(`placed ${run}`);
  const supply = randomSupply(random);
  const agent: PodDemand = { name: "agent", count: 0, cpu: 100, memory: 64 * MIB, perNode: true, onSystemNodes: true };
  const pods = placed(random, supply, agent);
  expect(problemsOf([agent, ...pods], supply)).toEqual([]);
  // One pod as large as all that there is, beside what is there already, is refused.
  const all = supply.pools.reduce((sum, { allocatable, nodes }) => sum + (allocatable?.cpu ?? 0) * nodes, 0);
  const huge = { name: "huge", count: 1, cpu: all + 1, memory: 1 };
  expect(problemsOf([agent, ...pods, huge], supply)).not.toEqual([]);
  expect(unplaced(nodeReport([agent, ...pods, huge], supply))).toContainEqual({ name: "huge", count: 1 });
  // And what is refused stays so with fewer nodes.
  const fewer = { ...supply, pools: supply.pools.map((pool) => ({ ...pool, nodes: Math.max(0, pool.nodes - 1) })) };
  expect(problemsOf([agent, ...pods, huge], fewer)).not.toEqual([]);
});

test("what is refused no simple scheduler places, and there is both of either", () => {
  const seen = new Set<string>();
  for (let run = 0; run < 300; run += 1) {
    const random = new Random(`either ${run}`);
    const supply = randomSupply(random);
    const demand = Array.from({ length: random.between(1, 8) }, (_, at): PodDemand => ({
      name: `workload-${at}`,
      count: random.between(0, 12),
      cpu: random.between(10, 4_000),
      memory: random.between(16, 8_192) * MIB,
      ...(random.chance(30) && { onSystemNodes: true }),
    }));
    const isRefused = problemsOf(demand, supply).length > 0;
    const isPlaced = unplaced(nodeReport(demand, supply))?.length === 0;
    expect({ run, isRefused, isPlaced }).not.toEqual({ run, isRefused: true, isPlaced: true });
    seen.add(`${isRefused} ${isPlaced}`);
  }
  expect([...seen].sort()).toEqual(["false false", "false true", "true false"]);
});

const sum = (demand: readonly PodDemand[], of: (one: PodDemand) => number): number =>
  demand.reduce((total, one) => total + one.count * of(one), 0);

describe.each(Object.entries(INPUTS))("%s", (what, tree) => {
  test.each([0, 1, 2])(`pods at most are what the quota admits, and fewer: ${SEED} %i`, (run) => {
    const random = new Random(`quota ${what} ${run}`);
    const { application, hosts } = randomApplication(random, 8);
    const given = valueAt(tree, [0, "argument"]) as Record<string, unknown>;
    // Copies elsewhere name services of the application that is not here.
    const environment = {
      ...given,
      ...{ backups: undefined, images: "immutable-tags", applications: [{ application, hosts }] },
    };
    const input = replaced(tree, [0, "argument"], environment) as readonly unknown[];
    const load = () => loadEnvironments(build(input) as EnvironmentSpec[]);
    let loaded: ReturnType<typeof load>;
    try {
      loaded = load();
    } catch (error) {
      // A valid part can add up to more connections than a database takes.
      expect(String(error)).toMatch(/connections/);
      return;
    }
    for (const rendered of renderEnvironments(loaded)) {
      for (const { prepared, demand } of rendered.applications) {
        const quota = prepared.flatMap((object) => (object.kind === "ResourceQuota" ? [object.spec.hard] : []))[0];
        expect(sum(demand, ({ cpu }) => cpu)).toBeLessThanOrEqual(parseCpu(quota?.["requests.cpu"] ?? "0") ?? 0);
        expect(sum(demand, ({ memory }) => memory)).toBeLessThanOrEqual(
          parseBytes(quota?.["requests.memory"] ?? "0") ?? 0,
        );
        expect(sum(demand, () => 1)).toBeLessThanOrEqual(Number(quota?.pods));
      }
    }
  });
});
