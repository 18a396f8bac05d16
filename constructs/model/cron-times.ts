import { CRON_DESCRIPTORS, CRON_FIELDS, cronValue } from "./cron-fields";

/*
 * When a cron expression comes due, as the parser of Kubernetes reads it (github.com/robfig/cron/v3). The expression is valid:
 * `validate/cron.ts` has seen it.
 */

/** Days that are looked at: they hold the longest pause there is, eight years from one 29 February to the next around 2100 left aside. */
const YEARS = { from: 2024, to: 2034 } as const;

/** Weekday of the first of these days, a Monday, from Sunday on. */
const FIRST_WEEKDAY = 1;

const DAYS_OF_MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const DAY = 86_400;

/** An hour, by which clocks are set forward and back. */
const CLOCK_CHANGE = 3600;

const ascending = (a: number, b: number): number => a - b;

const longestStep = (times: readonly number[]): number =>
  times.reduce((most, time, index) => Math.max(most, time - (times[index - 1] ?? time)), 0);

interface Day {
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
}

let days: readonly Day[] | undefined;

/** Made once, where somebody asks. */
const calendar = (): readonly Day[] => (days ??= daysOfYears());

function daysOfYears(): Day[] {
  const found: Day[] = [];
  for (let year: number = YEARS.from; year < YEARS.to; year++) {
    DAYS_OF_MONTHS.forEach((days, index) => {
      const leap = index === 1 && year % 4 === 0 ? 1 : 0;
      for (let day = 1; day <= days + leap; day++) {
        found.push({ month: index + 1, day, weekday: (found.length + FIRST_WEEKDAY) % 7 });
      }
    });
  }
  return found;
}

/** Longest time between two moments at which the schedule comes due, in seconds, with an hour for changes of the clock. */
export function longestPause(schedule: string): number {
  const [minutes, hours, days, months, weekdays] = parsed(schedule);
  const ofDay = [...hours.values]
    .sort(ascending)
    .flatMap((hour) => [...minutes.values].sort(ascending).map((minute) => hour * 3600 + minute * 60));
  const [first = 0, last = first] = [ofDay[0], ofDay.at(-1)];
  let before: number | undefined;
  let longest = longestStep(ofDay);
  calendar().forEach(({ month, day, weekday }, index) => {
    const [inMonth, onWeekday] = [days.values.has(day), weekdays.values.has(weekday)];
    // Where both are given one of them is enough.
    const fits = days.isAny || weekdays.isAny ? inMonth && onWeekday : inMonth || onWeekday;
    if (!fits || !months.values.has(month)) return;
    if (before !== undefined) longest = Math.max(longest, index * DAY + first - before);
    before = index * DAY + last;
  });
  return longest < 2 * CLOCK_CHANGE ? longest : longest + CLOCK_CHANGE;
}

interface Field {
  readonly values: ReadonlySet<number>;
  /** Whether it leaves the choice to the other field of days. */
  readonly isAny: boolean;
}

function parsed(schedule: string): readonly [Field, Field, Field, Field, Field] {
  const texts = (CRON_DESCRIPTORS[schedule] ?? schedule).trim().split(/\s+/);
  const field = (index: number): Field => {
    const items = (texts[index] ?? "*").split(",");
    return {
      values: new Set(items.flatMap((item) => valuesOf(item, index))),
      isAny: items.some((item) => /^[*?](\/1)?$/.test(item)),
    };
  };
  return [field(0), field(1), field(2), field(3), field(4)];
}

function valuesOf(item: string, index: number): number[] {
  const field = CRON_FIELDS[index] ?? { min: 0, max: 0 };
  const { min, max } = field;
  const [range = "*", step] = item.split("/");
  const [from, to] = /^[*?]$/.test(range) ? [min, max] : range.split("-").map((end) => cronValue(end, field));
  const start = from ?? min;
  // One value with a step goes on to the end.
  const end = to ?? (step === undefined ? start : max);
  const every = Number(step ?? 1);
  return Array.from({ length: Math.floor((end - start) / every) + 1 }, (_, count) => start + count * every);
}
