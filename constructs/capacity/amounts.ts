import { type Amount, MEASURES } from "./nodes";

const GIB = 2 ** 30;

/** `7.7 CPUs`, `12.1 GiB`, `53 pods`: rounded up, so that what does not fit never looks as if it did. */
export function amountText(measure: (typeof MEASURES)[number], value: number, round = Math.ceil): string {
  if (!Number.isFinite(value)) return "unbounded";
  const tenths = (one: number): number => round(one * 10) / 10;
  switch (measure) {
    case "cpu":
      return `${tenths(value / 1000)} CPUs`;
    case "memory":
      return `${tenths(value / GIB)} GiB`;
    case "pods":
      return `${value} pods`;
  }
}

/** What there is: rounded down. */
export const thereText = (measure: (typeof MEASURES)[number], value: number): string =>
  amountText(measure, value, Math.floor);

export const wantedText = (amount: Amount): string =>
  MEASURES.map((measure) => amountText(measure, amount[measure])).join(", ");
