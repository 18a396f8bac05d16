import { Refused } from "./command";

/** RFC 3339 in UTC, to the second. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/**
 * The time that an option names, or now. No variable moves it: it says when previews end.
 *
 * @throws Refused where it is no time
 */
export function timeAsked(option: string, given: string | undefined): Date {
  if (given === undefined) return new Date();
  const time = new Date(given);
  // A day that a month does not have is another day to JavaScript.
  if (TIME.test(given) && !Number.isNaN(time.getTime()) && time.toISOString().startsWith(given.slice(0, 19))) {
    return time;
  }
  throw new Refused(`${option}: got ${JSON.stringify(given)}; give a time in UTC, such as 2027-03-01T12:00:00Z`);
}
