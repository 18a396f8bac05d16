import type { Profile } from "../../model/environment";
import type { Bytes } from "../../model/quantity";
import type { Environment } from "../../model/resolved";

/** How large what keeps logs is, by profile. */
export interface LogSizes {
  readonly retentionDays: number;
  /** Servers, each with every line, where there is a store that they share. */
  readonly servers: number;
  readonly cpu: string;
  readonly memory: Bytes;
  /** Megabytes of lines a second that are taken in, all pods together; what comes faster waits on its node. */
  readonly rate: number;
}

const SIZES: Readonly<Record<Profile, LogSizes>> = {
  // A write counts when two of three have it: one may be away.
  production: { retentionDays: 30, servers: 3, cpu: "250m", memory: "2Gi", rate: 10 },
  small: { retentionDays: 7, servers: 1, cpu: "100m", memory: "1Gi", rate: 4 },
};

export const logSizesOf = ({ profile }: Pick<Environment, "profile">): LogSizes => SIZES[profile];

/** Disk of each server beside a store of objects: what it has not written there yet, and the index. */
export const BESIDE_A_STORE: Bytes = "10Gi";

/** Disk of the one server that has no other store: all lines of the days that are kept, compressed about tenfold. */
export const INSTEAD_OF_A_STORE: Bytes = "20Gi";

/** Days beyond the retention after which the cloud deletes what Loki should have. */
const GRACE_DAYS = 7;

export const expireDays = (retentionDays: number): number => retentionDays + GRACE_DAYS;
