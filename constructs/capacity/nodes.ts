import type { NodePoolSupply, NodeSupply } from "../clouds/node-supply";
import type { PodDemand } from "../kubernetes/demand";

/** Thousandths of a core, bytes and pods, of all together. */
export interface Amount {
  readonly cpu: number;
  readonly memory: number;
  readonly pods: number;
}

/** What is not bounded is `Infinity`, and so is what nobody here knows: it refuses nothing. */
export interface Fit {
  readonly wanted: Amount;
  readonly there: Amount;
}

/** What of an environment's pods finds room on its nodes, where each bound is one from above. */
export interface NodeReport {
  readonly pools: readonly NodePoolSupply[];
  readonly flexible: NodeSupply["flexible"];
  /** Why nothing is compared. `undefined`: it is. */
  readonly unbounded: string | undefined;
  readonly demand: readonly PodDemand[];
  /** What runs on every node takes of each. */
  readonly perNode: Amount;
  /** Pods of applications on nodes that are not kept for add-ons. */
  readonly applications: Fit;
  /** All pods on all nodes. */
  readonly all: Fit;
  /** Pods that fit on no node, however empty. */
  readonly tooLarge: readonly PodDemand[];
  /** Machines of which nobody here knows the size. */
  readonly unknownMachines: readonly string[];
}

const NOTHING: Amount = { cpu: 0, memory: 0, pods: 0 };

const added = (one: Amount, other: Amount): Amount => ({
  cpu: one.cpu + other.cpu,
  memory: one.memory + other.memory,
  pods: one.pods + other.pods,
});

const wantedBy = (demand: readonly PodDemand[]): Amount =>
  demand
    .map(({ count, cpu, memory }) => ({ cpu: count * cpu, memory: count * memory, pods: count }))
    .reduce(added, NOTHING);

const UNKNOWN: Amount = { cpu: Infinity, memory: Infinity, pods: Infinity };

/** What is left of one node for pods that are not on every node. */
export const leftOf = ({ allocatable }: NodePoolSupply, perNode: Amount): Amount =>
  allocatable === undefined
    ? UNKNOWN
    : {
        cpu: Math.max(0, allocatable.cpu - perNode.cpu),
        memory: Math.max(0, allocatable.memory - perNode.memory),
        pods: Math.max(0, (allocatable.pods ?? Infinity) - perNode.pods),
      };

const times = ({ cpu, memory, pods }: Amount, count: number): Amount =>
  count === 0 ? NOTHING : { cpu: cpu * count, memory: memory * count, pods: pods * count };

function thereOn(pools: readonly NodePoolSupply[], { flexible }: NodeSupply, perNode: Amount): Amount {
  const fixed = pools.map((pool) => times(leftOf(pool, perNode), pool.nodes)).reduce(added, NOTHING);
  if (flexible === undefined) return fixed;
  return added(fixed, { cpu: flexible.cpu, memory: flexible.memory ?? Infinity, pods: Infinity });
}

/** Compares pods at their most with nodes at their most. */
export function nodeReport(demand: readonly PodDemand[], supply: NodeSupply): NodeReport {
  const daemons = demand.filter(({ perNode }) => perNode === true);
  const placed = demand.filter(({ perNode }) => perNode !== true);
  const perNode = added(wantedBy(daemons.map((one) => ({ ...one, count: 1 }))), {
    ...NOTHING,
    pods: supply.daemonPods ?? 0,
  });
  const open = supply.pools.filter(({ system }) => !system);
  const applications = placed.filter(({ onSystemNodes }) => onSystemNodes !== true);
  const fitsOn = ({ cpu, memory }: PodDemand, pool: NodePoolSupply): boolean => {
    const left = leftOf(pool, perNode);
    return pool.nodes > 0 && cpu <= left.cpu && memory <= left.memory;
  };
  const bounded = supply.unbounded === undefined;
  return {
    pools: supply.pools,
    flexible: supply.flexible,
    unbounded: supply.unbounded,
    demand: placed,
    perNode,
    applications: {
      wanted: wantedBy(applications),
      there: bounded ? thereOn(open, supply, perNode) : UNKNOWN,
    },
    all: { wanted: wantedBy(placed), there: bounded ? thereOn(supply.pools, supply, perNode) : UNKNOWN },
    tooLarge:
      bounded && supply.flexible === undefined
        ? applications.filter((one) => one.count > 0 && !open.some((pool) => fitsOn(one, pool)))
        : [],
    unknownMachines: supply.pools.filter(({ allocatable }) => allocatable === undefined).map(({ machine }) => machine),
  };
}

export const MEASURES = ["cpu", "memory", "pods"] as const;

/** What there is too little of. */
export const lacking = ({ wanted, there }: Fit): (typeof MEASURES)[number][] =>
  MEASURES.filter((measure) => wanted[measure] > there[measure]);
