import { Refused } from "./command";

/** RFC 3339 in UTC, to the second. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/**
 * The time that an option names, or `SOURCE_DATE_EPOCH`, or now.
 *
 * @throws Refused where it is no time
 */
export function timeAsked(option: string, given: string | undefined, env: Readonly<NodeJS.ProcessEnv>): Date {
  const { SOURCE_DATE_EPOCH: epoch } = env;
  if (given !== undefined) {
    const time = new Date(given);
    // A day that a month does not have is another day to JavaScript.
    if (TIME.test(given) && !Number.isNaN(time.getTime()) && time.toISOString().startsWith(given.slice(0, 19))) {
      return time;
    }
    throw new Refused(`${option}: got ${JSON.stringify(given)}; give a time in UTC, such as 2027-03-01T12:00:00Z`);
  }
  const time = epoch !== undefined && /^\d+$/.test(epoch) ? new Date(Number(epoch) * 1000) : new Date();
  if (!Number.isNaN(time.getTime())) return time;
  throw new Refused("SOURCE_DATE_EPOCH: is no time; give seconds since 1970");
}
