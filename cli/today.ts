import { dayOf } from "../constructs/radar/day";
import type { Day } from "../constructs/services/pinned-version";
import { Refused } from "./command";

type Environment = Readonly<NodeJS.ProcessEnv>;

const dayOfTime = (time: Date): Day | undefined =>
  Number.isNaN(time.getTime()) ? undefined : dayOf(time.toISOString().slice(0, 10));

/** The day it is, in UTC, or the one of `GOLDENPATH_TODAY`: `2026-11-28`. `undefined`: that is none. */
function today({ GOLDENPATH_TODAY: given }: Environment): Day | undefined {
  return given === undefined ? dayOfTime(new Date()) : dayOf(given);
}

/**
 * The day that a build is of: as `today`, but for `SOURCE_DATE_EPOCH`, in seconds, by which builds that are to be the same every day say
 * what time it is. Shells and packagers set that for everything that runs in them, to years ago, so that it is for what writes files or says
 * what ends alone, and never for what decides or deletes: https://reproducible-builds.org/specs/source-date-epoch/
 */
export function dayOfBuild(env: Environment): Day | undefined {
  const { SOURCE_DATE_EPOCH: epoch, GOLDENPATH_TODAY: given } = env;
  const isSaid = given === undefined && epoch !== undefined && /^\d+$/.test(epoch);
  return isSaid ? dayOfTime(new Date(Number(epoch) * 1000)) : today(env);
}

/**
 * The day that `--on` names, or today.
 *
 * @param otherwise the day where `--on` is not given
 * @throws Refused where it is no day, or nobody can tell which day it is
 */
export function dayAsked(given: string | undefined, env: Environment, otherwise = today): Day {
  const day = given === undefined ? otherwise(env) : dayOf(given);
  if (day !== undefined) return day;
  if (given !== undefined) throw new Refused(`--on: got ${JSON.stringify(given)}; give a day, such as 2027-03-01`);
  const { GOLDENPATH_TODAY: written } = env;
  throw new Refused(
    written === undefined
      ? "SOURCE_DATE_EPOCH: is no day; give seconds since 1970"
      : `GOLDENPATH_TODAY: got ${JSON.stringify(written)}; give a day, such as 2027-03-01`,
  );
}
