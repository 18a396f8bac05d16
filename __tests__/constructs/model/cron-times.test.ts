import { longestPause } from "../../../constructs/model/cron-times";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/* By hand, with a calendar. Pauses of two hours and more have one more, for a change of the clock. */
test.each([
  ["*/5 * * * *", 5 * MINUTE],
  ["* * * * *", MINUTE],
  // 55 to 0.
  ["5/10 * * * *", 10 * MINUTE],
  ["0,50 * * * *", 50 * MINUTE],
  ["@hourly", HOUR],
  ["30 3 * * *", DAY + HOUR],
  ["@daily", DAY + HOUR],
  // Friday to Monday.
  ["0 9 * * mon-fri", 3 * DAY + HOUR],
  ["*/15 8-18 * * MON-FRI", 2 * DAY + 13 * HOUR + 15 * MINUTE + HOUR],
  ["@weekly", 7 * DAY + HOUR],
  ["@monthly", 31 * DAY + HOUR],
  // No 31 June, and none in April: 31 March to 31 May.
  ["0 0 31 * *", 61 * DAY + HOUR],
  // The 13th, or a Friday: a week at most.
  ["0 0 13 * 5", 7 * DAY + HOUR],
  // A star with a step is a choice: both are given.
  ["0 0 */2 * 1", 2 * DAY + HOUR],
  ["0 0 29 2 *", (3 * 365 + 366) * DAY + HOUR],
  ["0 0 1 1 ?", 366 * DAY + HOUR],
])("%s", (schedule, seconds) => {
  expect(longestPause(schedule)).toBe(seconds);
});
