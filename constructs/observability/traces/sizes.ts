import type { Profile } from "../../model/environment";
import type { Bytes } from "../../model/quantity";
import type { Environment } from "../../model/resolved";

/** How large what keeps traces is, by profile. */
export interface TraceSizes {
  readonly retentionDays: number;
  /** Share of requests that are traced. */
  readonly ratio: number;
  readonly cpu: string;
  readonly memory: Bytes;
  /** Bytes of spans a second that Tempo takes. What comes faster waits where it was taken. */
  readonly rate: number;
  /** Traces that have not ended, at once. */
  readonly liveTraces: number;
  /** Pods that take spans: one may be away while another does. */
  readonly collectors: number;
  /** Memory of each of them; half of it at most is spans that wait for Tempo. */
  readonly collectorMemory: Bytes;
}

const SIZES: Readonly<Record<Profile, TraceSizes>> = {
  production: {
    ...{ retentionDays: 14, ratio: 0.1, cpu: "250m", memory: "2Gi", rate: 5_000_000, liveTraces: 20_000 },
    ...{ collectors: 2, collectorMemory: "512Mi" },
  },
  small: {
    ...{ retentionDays: 3, ratio: 1, cpu: "100m", memory: "1Gi", rate: 2_000_000, liveTraces: 5000 },
    ...{ collectors: 1, collectorMemory: "256Mi" },
  },
};

export const traceSizesOf = ({ profile }: Pick<Environment, "profile">): TraceSizes => SIZES[profile];

/** Disk beside a store of objects: what is not written there yet. */
export const BESIDE_A_STORE: Bytes = "10Gi";

/** Disk that has no other store: all traces of the days that are kept. */
export const INSTEAD_OF_A_STORE: Bytes = "20Gi";

/** Days beyond the retention after which the cloud deletes what Tempo should have. */
const GRACE_DAYS = 7;

export const expireDays = (retentionDays: number): number => retentionDays + GRACE_DAYS;
