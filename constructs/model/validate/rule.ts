import type { Path } from "../problem";
import type { Workload } from "../workload";

/** What a rule found, with the path inside the workload. */
export interface Finding {
  readonly field: Path;
  readonly got?: unknown;
  readonly why?: string;
  readonly fix: string;
}

/**
 * A rule about one workload. It runs where each field it reads is well-formed, so that a wrong image does not hide a
 * wrong autoscaler. An environment's overrides are checked by the same rules, on the workload they make.
 */
export interface Rule {
  readonly reads: readonly string[];
  readonly find: (workload: Workload) => readonly Finding[];
}
