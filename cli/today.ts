import { dayOf } from "../constructs/radar/day";
import type { Day } from "../constructs/services/pinned-version";
import { Refused } from "./command";

/**
 * The day it is, in UTC, or the one of `SOURCE_DATE_EPOCH`, in seconds, by which builds that are to be the same every day say what
 * time it is: https://reproducible-builds.org/specs/source-date-epoch/
 */
export function today({ SOURCE_DATE_EPOCH: epoch }: Readonly<NodeJS.ProcessEnv>): Day | undefined {
  const time = epoch !== undefined && /^\d+$/.test(epoch) ? new Date(Number(epoch) * 1000) : new Date();
  return Number.isNaN(time.getTime()) ? undefined : dayOf(time.toISOString().slice(0, 10));
}

/**
 * The day that `--on` names, or today.
 *
 * @throws Refused where it is no day, or nobody can tell which day it is
 */
export function dayAsked(given: string | undefined, env: Readonly<NodeJS.ProcessEnv>): Day {
  const day = given === undefined ? today(env) : dayOf(given);
  if (day !== undefined) return day;
  throw new Refused(
    given === undefined
      ? "SOURCE_DATE_EPOCH: is no day; give seconds since 1970"
      : `--on: got ${JSON.stringify(given)}; give a day, such as 2027-03-01`,
  );
}
