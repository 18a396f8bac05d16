import { dayOf } from "../constructs/radar/day";
import type { Day } from "../constructs/services/pinned-version";

/**
 * The day it is, in UTC, or the one of `SOURCE_DATE_EPOCH`, in seconds, by which builds that are to be the same every day say what
 * time it is: https://reproducible-builds.org/specs/source-date-epoch/
 */
export function today({ SOURCE_DATE_EPOCH: epoch }: Readonly<NodeJS.ProcessEnv>): Day | undefined {
  const time = epoch !== undefined && /^\d+$/.test(epoch) ? new Date(Number(epoch) * 1000) : new Date();
  return Number.isNaN(time.getTime()) ? undefined : dayOf(time.toISOString().slice(0, 10));
}
