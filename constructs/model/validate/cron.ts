import { CRON_DESCRIPTORS, CRON_FIELDS, type CronField, cronValue } from "../cron-fields";

/*
 * The cron expressions that Kubernetes accepts: the standard parser of github.com/robfig/cron/v3. JavaScript parsers
 * know other dialects (seconds, `L`, `#`, weekday 7) and refuse forms that this one has (`?`, `5/15`).
 */

/** What to do about a schedule that Kubernetes would refuse, or `undefined`. */
export function cronProblem(schedule: string): string | undefined {
  if (Object.hasOwn(CRON_DESCRIPTORS, schedule)) return undefined;
  const given = schedule.trim().split(/\s+/);
  const fits =
    given.length === CRON_FIELDS.length && CRON_FIELDS.every((field, index) => isField(given[index] ?? "", field));
  return fits ? undefined : 'use minute, hour, day, month and weekday (0 to 6 from Sunday), e.g. "*/5 * * * *"';
}

function isField(text: string, field: CronField): boolean {
  return text.split(",").every((item) => isItem(item, field));
}

/** `*`, `5`, `mon-fri`, each with an optional step: `10-50/5`. */
function isItem(item: string, field: CronField): boolean {
  const [range = "", step, ...more] = item.split("/");
  if (more.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
  if (range === "*" || range === "?") return true;
  const ends = range.split("-").map((end) => cronValue(end, field));
  if (ends.length > 2 || ends.includes(undefined)) return false;
  const [from = 0, to = from] = ends;
  return from <= to;
}

/** Names of the time zone database without a region, which no list of JavaScript's has in full. */
const WITHOUT_REGION: readonly string[] = (
  "CET CST6CDT Cuba EET EST EST5EDT Egypt Eire GB GB-Eire GMT GMT+0 GMT-0 GMT0 Greenwich HST Hongkong Iceland Iran " +
  "Israel Jamaica Japan Kwajalein Libya MET MST MST7MDT NZ NZ-CHAT Navajo PRC PST8PDT Poland Portugal ROC ROK " +
  "Singapore Turkey UCT UTC Universal W-SU WET Zulu"
).split(" ");

/** Whether the name is an IANA time zone, in its exact spelling: the file behind it is found by name. */
export function isTimeZone(name: string): boolean {
  const known = Intl.supportedValuesOf("timeZone");
  if (known.includes(name) || name === "Etc/UTC" || WITHOUT_REGION.includes(name)) return true;
  if (known.some((other) => other.toLowerCase() === name.toLowerCase())) return false;
  try {
    // An older name of a zone, such as Asia/Calcutta.
    new Intl.DateTimeFormat("en", { timeZone: name });
    return /^[A-Z][A-Za-z_]+\/[A-Z][\w/+-]*$/.test(name);
  } catch {
    return false;
  }
}
