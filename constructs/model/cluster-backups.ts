import { longestPause } from "./cron-times";

/** Copies of what is in the cluster: the objects of each application, and its disks as they are at that moment. */
export interface ClusterBackups {
  /** Times of the copies: a cron expression, in UTC. @default "10 2 * * *", each night */
  readonly schedule?: string;
  /** Days for which each copy is kept. 1 to 365. @default 30 in profile `production`, 7 in `small` */
  readonly keepDays?: number;
  /**
   * What may be deleted though the environment is protected: `cluster-backups` is the store with all copies in it. Deploy with
   * the word, then take `clusterBackups` out. @default - nothing
   */
  readonly drops?: readonly (typeof CLUSTER_BACKUPS_HOLDING.name)[];
}

/** The same with every default. */
export interface ResolvedClusterBackups extends Required<ClusterBackups> {
  /** Most that is lost of what is copied so: what changed since the last copy, and while the next one is made. */
  readonly lostSeconds: number;
}

/** What the ledger calls the store of copies, and the word in `drops` for it. */
export const CLUSTER_BACKUPS_HOLDING = { name: "cluster-backups", kind: "backup-store" } as const;

/** Longest time that a copy may take before it counts as late: copies of several applications are made one after the other. */
const TAKES_SECONDS = 3600;

/** Applies the defaults to what was checked before; `days` are those of the profile. */
export function resolveClusterBackups(
  { schedule = "10 2 * * *", keepDays, drops = [] }: ClusterBackups,
  days: number,
): ResolvedClusterBackups {
  return {
    schedule,
    keepDays: keepDays ?? days,
    drops,
    lostSeconds: longestPause(schedule) + TAKES_SECONDS,
  };
}
