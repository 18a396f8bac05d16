import type { ApplicationSpec } from "./application";
import type { Security } from "./workload";

const PROFILES = ["restricted", "baseline", "privileged"] as const satisfies readonly Security["profile"][];

/** The weakest profile of Pod Security that a workload asks for. */
export function weakest(app: ApplicationSpec): (typeof PROFILES)[number] {
  const ranks = Object.values(app.workloads).map((w) => PROFILES.indexOf(w.security?.profile ?? "restricted"));
  return PROFILES[Math.max(0, ...ranks)] ?? "restricted";
}
