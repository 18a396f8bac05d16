import { type Copied, lostAtMost, type ResolvedBackups } from "../model/backups";
import type { ResolvedClusterBackups } from "../model/cluster-backups";
import type { Recoverable } from "../model/recovery";

/* What clouds and the cluster say of data that are lost, where several of them say the same. */

type CopiedCluster = Pick<ResolvedClusterBackups, "keepDays" | "lostSeconds">;

/** Old versions of objects: what was overwritten or deleted is there as it was. The bucket itself is kept by its protection. */
export const oldVersions = (days: number, source: string, read: string | undefined): Recoverable => ({
  by: `old versions of objects, kept for ${days} days`,
  // A version is durable before the client is answered.
  rpoSeconds: 0,
  rtoSeconds: undefined,
  source,
  read,
});

/** A disk as it was when Velero last copied the cluster: what its programs had not yet written there is not in it. */
export const diskSnapshot = ({ lostSeconds, keepDays }: CopiedCluster): Recoverable => ({
  by: `the snapshot of its disk by Velero, kept for ${keepDays} days,`,
  rpoSeconds: lostSeconds,
  rtoSeconds: undefined,
  better: "copy more often by clusterBackups.schedule",
  source: "https://velero.io/docs/v1.18/csi/",
  read: undefined,
});

/** What would bring back a disk that nothing copies. */
export const COPY_THE_CLUSTER = "say clusterBackups: {} in the environment";

/** Nothing brings them back, and why. */
export const unrecoverable = (by: string, source: string, read: string | undefined, better?: string): Recoverable => ({
  by,
  rpoSeconds: undefined,
  rtoSeconds: undefined,
  ...(better !== undefined && { better }),
  source,
  read,
});

export const DAY_SECONDS = 86_400;

/** A managed database whose logs the cloud copies every five minutes, wherever it does that. */
export const managedLogs = (product: string, days: number, source: string, read: string | undefined): Recoverable => ({
  by: `point-in-time recovery of ${product} over ${days} days`,
  rpoSeconds: 300,
  rtoSeconds: undefined,
  source,
  read,
});

/** A cache may drop any key at any time: whoever asks it has the data from elsewhere. */
export const CACHE_FIX = "keep what must come back in a database or a bucket";

/** Messages are in queues alone: three nodes hold them, and no copy is kept anywhere that could be put back. */
export const messagesLost = (product: string): Recoverable =>
  unrecoverable(
    `${product} keeps no copy of messages`,
    "https://www.rabbitmq.com/docs/backup",
    "2026-11-29",
    "send what must not be lost from a table of the database (an outbox)",
  );

/** Copies of a server in the cluster that has no log. */
export const wholeCopies = (backups: ResolvedBackups, source: string, copied: Copied = "whole"): Recoverable => ({
  by: `copies by ${JSON.stringify(backups.schedule)}`,
  rpoSeconds: lostAtMost(backups, copied),
  rtoSeconds: undefined,
  better: "say a schedule of its backups that comes more often",
  source,
  read: undefined,
});

/** What is on a disk of the cluster and nowhere else. */
export const onOneDisk = (what: string, better = "let the cloud run it, where it does"): Recoverable =>
  unrecoverable(what, "https://kubernetes.io/docs/concepts/storage/persistent-volumes/", undefined, better);
