import { type Bytes, bytes, formatBytes } from "./quantity";
import type { ResolvedRecovery } from "./recovery";

/** Copies of a data service that runs in the cluster, on a volume of their own. */
export interface Backups {
  /** Times of whole copies: a cron expression, in UTC. @default "20 1 * * *", each night */
  readonly schedule?: string;
  /**
   * Minutes between two copies of the log of changes, by which any second after a whole copy can be had back. A part of an hour:
   * 1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30. @default - the most that `recovery` leaves; 15 where nothing is promised
   */
  readonly logMinutes?: number;
  /** Days for which whole copies are kept, and the log since the oldest of them. 1 to 90. @default 14 */
  readonly keepDays?: number;
  /** Size of the volume. @default - four times the disk of the service */
  readonly storage?: Bytes;
}

export type ResolvedBackups = Required<Backups>;

/** Parts of an hour, so that a schedule has no longer pause at its end. */
export const LOG_MINUTES = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30] as const;

/** Longest time that a copy of the log may take, from its first command on, before it is given up. */
export const LOG_WORK_SECONDS = 120;

/**
 * Most that is lost of what is copied so often: what changed since the last copy, and what changes while the next one is made. A run
 * whose pod waits for a node is not counted: whoever is promised less is called, by `BackupOlderThanPromised`.
 */
export const lostAtMost = ({ logMinutes }: Pick<ResolvedBackups, "logMinutes">): number =>
  logMinutes * 60 + LOG_WORK_SECONDS;

const UNPROMISED_MINUTES = 15;
const TIMES_THE_DISK = 4;

/** Applies the defaults, which follow from what is promised of the service and from its disk. */
export function resolveBackups(
  { schedule = "20 1 * * *", logMinutes, keepDays = 14, storage }: Backups,
  promise: Pick<ResolvedRecovery, "rpoSeconds"> | undefined,
  disk: Bytes,
): ResolvedBackups {
  const most =
    promise === undefined
      ? UNPROMISED_MINUTES
      : LOG_MINUTES.findLast((minutes) => lostAtMost({ logMinutes: minutes }) <= promise.rpoSeconds);
  return {
    schedule,
    logMinutes: logMinutes ?? most ?? LOG_MINUTES[0],
    keepDays,
    storage: storage ?? formatBytes(bytes(disk) * TIMES_THE_DISK),
  };
}
