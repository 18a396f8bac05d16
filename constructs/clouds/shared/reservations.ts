import type { Room } from "../node-supply";

const MIB = 2 ** 20;
const GIB = 2 ** 30;

/** What Kubernetes keeps free before it evicts pods, on every cloud here: bytes. */
const EVICTION = 100 * MIB;

/** A share of each part of a quantity: all of a part comes before the next. */
interface Tier {
  /** Size of the part. */
  readonly of: number;
  readonly share: number;
}

export const tiered = (amount: number, tiers: readonly Tier[]): number => {
  let left = amount;
  return tiers.reduce((sum, { of, share }) => {
    const part = Math.min(left, of);
    left -= part;
    return sum + part * share;
  }, 0);
};

/** 6 % of the first core, 1 % of the second, half of that of two more, a quarter of it of all others: EKS and GKE. */
export const CPU_TIERS: readonly Tier[] = [
  { of: 1000, share: 0.06 },
  { of: 1000, share: 0.01 },
  { of: 2000, share: 0.005 },
  { of: Infinity, share: 0.0025 },
];

/** A quarter of the first 4 GiB, and less of each part that follows: GKE. */
export const MEMORY_TIERS: readonly Tier[] = [
  { of: 4 * GIB, share: 0.25 },
  { of: 4 * GIB, share: 0.2 },
  { of: 8 * GIB, share: 0.1 },
  { of: 112 * GIB, share: 0.06 },
  { of: Infinity, share: 0.02 },
];

/** A machine as its vendor describes it. */
export interface Machine {
  readonly cores: number;
  readonly gibibytes: number;
}

/** Cores of so many machines each. `undefined` where one is not known. */
export function coresOf(
  pools: readonly { readonly machine: Machine | undefined; readonly nodes: number }[],
): number | undefined {
  return pools.reduce<number | undefined>(
    (sum, { machine, nodes }) => (sum === undefined || machine === undefined ? undefined : sum + machine.cores * nodes),
    0,
  );
}

/** What pods can have of a machine when this much is reserved. */
export const roomOf = (
  { cores, gibibytes }: Machine,
  reserved: { readonly cpu: number; readonly memory: number },
  pods: number | undefined,
): Room => ({
  cpu: Math.floor(cores * 1000 - reserved.cpu),
  memory: Math.floor(gibibytes * GIB - reserved.memory - EVICTION),
  pods,
});
