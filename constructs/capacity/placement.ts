import type { NodePoolSupply } from "../clouds/node-supply";
import type { PodDemand } from "../kubernetes/demand";
import { type Amount, leftOf, type NodeReport } from "./nodes";

/** Pods that found no node. */
export interface Unplaced {
  readonly name: string;
  readonly count: number;
}

interface Node {
  readonly system: boolean;
  cpu: number;
  memory: number;
  pods: number;
}

const nodesOf = (pools: readonly NodePoolSupply[], perNode: Amount): Node[] =>
  pools.flatMap((pool) =>
    Array.from({ length: pool.nodes }, () => ({ system: pool.system, ...leftOf(pool, perNode) })),
  );

/** Share of a node's cores or memory that a pod takes, whichever is more. */
const sizeOf = ({ cpu, memory }: PodDemand, largest: Pick<Amount, "cpu" | "memory">): number =>
  Math.max(cpu / largest.cpu, memory / largest.memory);

/**
 * Places pods one by one, the largest first, each on the first node that has room; add-ons on their own nodes first. Whoever
 * finds none may still be placed by a better scheduler: this says how tight it is, and refuses nothing. `undefined` where
 * nodes are made as pods need them, or are not known.
 */
export function unplaced({
  pools,
  flexible,
  unbounded,
  unknownMachines,
  demand,
  perNode,
}: NodeReport): Unplaced[] | undefined {
  if (flexible !== undefined || unbounded !== undefined || unknownMachines.length > 0) return undefined;
  const nodes = nodesOf(pools, perNode);
  const largest = {
    cpu: Math.max(1, ...nodes.map(({ cpu }) => cpu)),
    memory: Math.max(1, ...nodes.map(({ memory }) => memory)),
  };
  const without = new Map<string, number>();
  const sorted = [...demand].sort((a, b) => sizeOf(b, largest) - sizeOf(a, largest));
  for (const one of sorted) {
    const open = nodes.filter(({ system }) => !system);
    const own = one.onSystemNodes === true ? [...nodes.filter(({ system }) => system), ...open] : open;
    for (let count = 0; count < one.count; count += 1) {
      const node = own.find(({ cpu, memory, pods }) => one.cpu <= cpu && one.memory <= memory && pods >= 1);
      if (node === undefined) {
        without.set(one.name, (without.get(one.name) ?? 0) + one.count - count);
        break;
      }
      node.cpu -= one.cpu;
      node.memory -= one.memory;
      node.pods -= 1;
    }
  }
  return [...without].map(([name, count]) => ({ name, count }));
}
