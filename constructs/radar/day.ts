import type { Day } from "../services/pinned-version";

export const DAY_MS = 86_400_000;

const daysIn = (year: number, month: number): number =>
  (Date.UTC(year, month, 1) - Date.UTC(year, month - 1, 1)) / DAY_MS;

/** A day that there is, such as `2027-03-01`. `undefined` for any other text. */
export function dayOf(text: string): Day | undefined {
  const [, year = "", month = "", day = ""] = /^([1-9]\d{3})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  const isThere =
    Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= daysIn(Number(year), Number(month));
  return isThere ? (text as Day) : undefined;
}
