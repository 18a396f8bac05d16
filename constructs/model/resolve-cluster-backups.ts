import { resolveClusterBackups, type ResolvedClusterBackups } from "./cluster-backups";
import type { EnvironmentInput, Profile } from "./environment";
import { cronProblem } from "./validate/cron";
import { isObject } from "./validate/usable";

const KEEP_DAYS: Readonly<Record<Profile, number>> = { production: 30, small: 7 };

const isSchedule = (given: unknown): boolean => typeof given === "string" && cronProblem(given) === undefined;

/**
 * Applies the defaults of the profile. `undefined` where nothing is copied, and where what was given is wrong: an application
 * is resolved beside mistakes of its environment, which are told elsewhere.
 */
export const clusterBackupsOf = ({
  clusterBackups,
  profile = "production",
}: Pick<EnvironmentInput, "clusterBackups" | "profile">): ResolvedClusterBackups | undefined =>
  isObject(clusterBackups) && isSchedule(clusterBackups.schedule ?? "@daily")
    ? resolveClusterBackups(clusterBackups, KEEP_DAYS[profile])
    : undefined;
