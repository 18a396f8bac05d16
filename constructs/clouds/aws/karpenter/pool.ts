import type { Environment } from "../../../model/resolved";
import { isArm } from "../instance-types";
import type { Architecture, KarpenterPool } from "../props";

/** `KarpenterPool` with every default applied. */
export interface CompletePool {
  readonly cpuLimit: number;
  readonly capacity: readonly string[];
  readonly architectures: readonly Architecture[];
  readonly instances: { readonly types: readonly string[] } | { readonly categories: readonly string[] };
  readonly diskGib: number;
}

const CPU_LIMIT: Readonly<Record<Environment["profile"], number>> = { production: 128, small: 32 };

export const architectureOf = (type: string): Architecture => (isArm(type) ? "arm64" : "amd64");

const architecturesOf = (types: readonly string[]): Architecture[] => [...new Set(types.map(architectureOf))].sort();

export function completePool(pool: KarpenterPool, profile: Environment["profile"]): CompletePool {
  const { instanceTypes, instanceCategories = ["c", "m", "r"] } = pool;
  return {
    cpuLimit: pool.cpuLimit ?? CPU_LIMIT[profile],
    capacity: pool.capacity ?? ["on-demand"],
    architectures: pool.architectures ?? (instanceTypes === undefined ? ["amd64"] : architecturesOf(instanceTypes)),
    instances: instanceTypes === undefined ? { categories: instanceCategories } : { types: instanceTypes },
    diskGib: pool.diskGib ?? 100,
  };
}
