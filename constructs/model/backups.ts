import { longestPause } from "./cron-times";
import { type Bytes, bytes, formatBytes } from "./quantity";
import type { ResolvedRecovery } from "./recovery";

/** Copies of a data service that runs in the cluster, on a volume of their own. */
export interface Backups {
  /**
   * Times of whole copies: a cron expression, in UTC. @default - each night, `"20 1 * * *"`; of what has no log as often as
   * `recovery` asks for
   */
  readonly schedule?: string;
  /**
   * Minutes between two copies of the log of changes, by which any second after a whole copy can be had back: MySQL alone has one. A
   * part of an hour: 1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30. @default - the most that `recovery` leaves; 15 where nothing is promised
   */
  readonly logMinutes?: number;
  /** Days for which whole copies are kept, and the log since the oldest of them. 1 to 90. @default 14 */
  readonly keepDays?: number;
  /** Size of the volume. @default - four times the disk of the service; 1Gi of what is no data */
  readonly storage?: Bytes;
}

/** The same with its defaults. */
export interface ResolvedBackups extends Required<Omit<Backups, "logMinutes">> {
  /** @default - it has no log that is copied */
  readonly logMinutes?: number;
}

/**
 * What can be copied of a kind of data service. `log`: all of it, and then each change. `whole`: all of it. `dump`: all of a database,
 * which is larger than what was in memory. `objects`: all of it, of
 * which each run copies what is new. `definitions`: how it is set up, and not the data in it.
 */
export type Copied = "log" | "whole" | "dump" | "objects" | "definitions";

/** Parts of an hour, so that a schedule has no longer pause at its end. */
export const LOG_MINUTES = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30] as const;

/** The least that loses less: a run may take as long, and a shorter pause is over before it is. */
export const SHORTEST_LOG_MINUTES = 2;

/** Longest time that a copy of the log may take, from its first command on, before it is given up. */
export const LOG_WORK_SECONDS = 120;

/** The same of a whole copy of what has no log: data that were in memory. */
export const WHOLE_WORK_SECONDS = 900;

/** The same of objects, of which the next run goes on where one was given up. */
export const OBJECTS_WORK_SECONDS = 3600;

/** The same of a dump of a database: as long as its Job may take. */
export const DUMP_WORK_SECONDS = 6 * 3600;

const WORK_SECONDS: Readonly<Record<Copied, number>> = {
  log: WHOLE_WORK_SECONDS,
  whole: WHOLE_WORK_SECONDS,
  dump: DUMP_WORK_SECONDS,
  objects: OBJECTS_WORK_SECONDS,
  definitions: WHOLE_WORK_SECONDS,
};

/**
 * Most that is lost of what is copied so often: what changed since the last copy, and what changes while the next one is made. A run
 * whose pod waits for a node is not counted: whoever is promised less is called, by `BackupOlderThanPromised`.
 */
export function lostAtMost(
  { logMinutes, schedule }: Pick<ResolvedBackups, "logMinutes" | "schedule">,
  copied: Copied = "whole",
): number {
  const [pause, work] =
    logMinutes === undefined ? [longestPause(schedule), WORK_SECONDS[copied]] : [logMinutes * 60, LOG_WORK_SECONDS];
  // No run begins beside another: the next one waits for the first time to come after it.
  return (work > pause ? work + pause : pause) + work;
}

const EACH_NIGHT = "20 1 * * *";

/** Schedules of whole copies, the rarest first. */
const SCHEDULES = [
  EACH_NIGHT,
  ...[12, 8, 6, 4, 3, 2].map((hours) => `20 */${hours} * * *`),
  "20 * * * *",
  ...[30, 20, 15].map((minutes) => `*/${minutes} * * * *`),
];

/** The most of them that are run one after the other, and never late. */
const oftenest = (copied: Copied): string =>
  copied === "objects" || copied === "dump" ? "20 * * * *" : "*/15 * * * *";

const UNPROMISED_MINUTES = 15;
const TIMES_THE_DISK = 4;
const DEFINITIONS_STORAGE: Bytes = "1Gi";

type Promised = Pick<ResolvedRecovery, "rpoSeconds"> | undefined;

/** Applies the defaults, which follow from what is promised of the service, from its disk and from what can be copied of it. */
export function resolveBackups(
  given: Backups,
  promise: Promised,
  disk: Bytes,
  copied: Copied = "whole",
): ResolvedBackups {
  const { keepDays = 14, storage } = given;
  return {
    ...(copied === "log"
      ? { schedule: given.schedule ?? EACH_NIGHT, logMinutes: given.logMinutes ?? logMinutesFor(promise) }
      : { schedule: given.schedule ?? (copied === "definitions" ? EACH_NIGHT : scheduleFor(promise, copied)) }),
    keepDays,
    storage: storage ?? (copied === "definitions" ? DEFINITIONS_STORAGE : formatBytes(bytes(disk) * TIMES_THE_DISK)),
  };
}

function logMinutesFor(promise: Promised): number {
  if (promise === undefined) return UNPROMISED_MINUTES;
  const keeps = (logMinutes: number): boolean => lostAtMost({ logMinutes, schedule: EACH_NIGHT }) <= promise.rpoSeconds;
  // Less than it can do is refused by the promise.
  return LOG_MINUTES.findLast(keeps) ?? SHORTEST_LOG_MINUTES;
}

function scheduleFor(promise: Promised, copied: Copied): string {
  if (promise === undefined) return EACH_NIGHT;
  return SCHEDULES.find((schedule) => lostAtMost({ schedule }, copied) <= promise.rpoSeconds) ?? oftenest(copied);
}
