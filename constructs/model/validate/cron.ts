/*
 * The cron expressions that Kubernetes accepts: the standard parser of github.com/robfig/cron/v3. JavaScript parsers
 * know other dialects (seconds, `L`, `#`, weekday 7) and refuse forms that this one has (`?`, `5/15`).
 */

interface Field {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const FIELDS: readonly Field[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: "jan feb mar apr may jun jul aug sep oct nov dec".split(" ") },
  { min: 0, max: 6, names: "sun mon tue wed thu fri sat".split(" ") },
];

const DESCRIPTORS = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

/** What to do about a schedule that Kubernetes would refuse, or `undefined`. */
export function cronProblem(schedule: string): string | undefined {
  if (DESCRIPTORS.includes(schedule)) return undefined;
  const given = schedule.trim().split(/\s+/);
  const fits = given.length === FIELDS.length && FIELDS.every((field, index) => isField(given[index] ?? "", field));
  return fits ? undefined : 'use minute, hour, day, month and weekday (0 to 6 from Sunday), e.g. "*/5 * * * *"';
}

function isField(text: string, field: Field): boolean {
  return text.split(",").every((item) => isItem(item, field));
}

/** `*`, `5`, `mon-fri`, each with an optional step: `10-50/5`. */
function isItem(item: string, field: Field): boolean {
  const [range = "", step, ...more] = item.split("/");
  if (more.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
  if (range === "*" || range === "?") return true;
  const ends = range.split("-").map((end) => valueOf(end, field));
  if (ends.length > 2 || ends.includes(undefined)) return false;
  const [from = 0, to = from] = ends;
  return from <= to;
}

function valueOf(text: string, { min, max, names }: Field): number | undefined {
  const named = names?.indexOf(text.toLowerCase()) ?? -1;
  if (named >= 0) return named + min;
  const value = /^\d{1,2}$/.test(text) ? Number(text) : undefined;
  return value !== undefined && value >= min && value <= max ? value : undefined;
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
