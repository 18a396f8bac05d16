import type { Profile } from "../../model/environment";
import { bytes, type Bytes, formatBytes } from "../../model/quantity";
import type { Environment } from "../../model/resolved";
import { STEP_SECONDS } from "../alerts/alert";

/** How large what measures is, by profile. */
export interface Sizes {
  /** Series of which Prometheus takes a sample at each interval: what it is sized for, not a limit. */
  readonly series: number;
  readonly retentionDays: number;
  readonly prometheusMemory: Bytes;
  readonly prometheusCpu: string;
  readonly stateMetricsMemory: Bytes;
  readonly grafanaMemory: Bytes;
}

const SIZES: Readonly<Record<Profile, Sizes>> = {
  production: {
    series: 250_000,
    retentionDays: 15,
    prometheusMemory: "4Gi",
    prometheusCpu: "500m",
    stateMetricsMemory: "256Mi",
    grafanaMemory: "512Mi",
  },
  small: {
    series: 60_000,
    retentionDays: 3,
    prometheusMemory: "1536Mi",
    prometheusCpu: "200m",
    stateMetricsMemory: "128Mi",
    grafanaMemory: "384Mi",
  },
};

export const sizesOf = ({ profile }: Pick<Environment, "profile">): Sizes => SIZES[profile];

/** Size of a sample on disk: https://prometheus.io/docs/prometheus/latest/storage/#operational-aspects says one to two. */
const BYTES_PER_SAMPLE = 2;

/** Least disk of a Prometheus. */
export const LEAST_STORAGE: Bytes = "10Gi";

/** Disk that keeps so many series for so long, with half as much again for compaction, the write-ahead log and growth. */
export function storageFor({ series }: Pick<Sizes, "series">, retentionDays: number): Bytes {
  const samples = (series / STEP_SECONDS) * 86_400 * retentionDays;
  const gibi = bytes("1Gi");
  const whole = Math.ceil((samples * BYTES_PER_SAMPLE * 1.5) / gibi) * gibi;
  return formatBytes(Math.max(whole, bytes(LEAST_STORAGE)));
}

/**
 * What Prometheus keeps at most, as its flag has it: four fifths of the disk, so that the oldest measures go before it is
 * full. Its units are powers of two: https://prometheus.io/docs/prometheus/latest/storage/.
 */
export const retentionSize = (storage: Bytes): string => `${Math.floor((bytes(storage) * 0.8) / bytes("1Mi"))}MB`;
