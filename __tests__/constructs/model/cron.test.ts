import { cronProblem, isTimeZone } from "../../../constructs/model/validate/cron";

/* What the parser of Kubernetes' controller accepts and refuses: robfig/cron's standard format. */

test.each([
  "* * * * *",
  "*/5 * * * *",
  "5/15 * * * *",
  "0 3 ? * *",
  "0,30 8-18 1,15 * 1-5",
  "10-50/10 * * * *",
  "0 0 1 jan-MAR sun",
  "@daily",
  "@hourly",
])("%s is a schedule", (schedule) => {
  expect(cronProblem(schedule)).toBeUndefined();
});

test.each([
  "",
  "* * * *",
  "0 * * * * *",
  "60 * * * *",
  "* 24 * * *",
  "* * 0 * *",
  "* * 32 * *",
  "* * * 13 *",
  "* * * * 7",
  "30-10 * * * *",
  "*/0 * * * *",
  "*/x * * * *",
  "1-2-3 * * * *",
  "5- * * * *",
  "1,,2 * * * *",
  "0 0 L * *",
  "0 0 l * *",
  "0 0 * * +MON",
  "0 0 * * mon#2",
  "@reboot",
  "TZ=UTC * * * * *",
])("%j is none", (schedule) => {
  expect(cronProblem(schedule)).toMatch(/^use minute, hour/);
});

test.each([
  "Etc/UTC",
  "UTC",
  "GMT",
  "CET",
  "EST5EDT",
  "Europe/Berlin",
  "America/Argentina/Buenos_Aires",
  "Asia/Calcutta",
])("%s is a time zone", (name) => {
  expect(isTimeZone(name)).toBe(true);
});

test.each(["", "CEST", "Europe/berlin", "europe/Berlin", "+02:00", "Mars/Olympus"])("%j is none", (name) => {
  expect(isTimeZone(name)).toBe(false);
});
