import { createHash } from "node:crypto";

/** Another seed tries other inputs: `FUZZ_SEED=7 npm run test:fuzz`. A failure names the seed that it had. */
export const SEED = process.env.FUZZ_SEED ?? "goldenpath";

/** Every input that may be tried is, in place of one in so many: `FUZZ_ALL=1 npm run test:fuzz`, for half an hour. */
const ALL = process.env.FUZZ_ALL !== undefined;

/** How many times fewer are tried: CI takes a quarter of what `npm run test:fuzz` tries, always the same by the seed. */
const FEWER = Number(process.env.FUZZ_FEWER ?? "1");

/** Whether this one of many is tried, by the seed and what tells it from others. */
export const isTried = (what: string, oneIn: number): boolean =>
  ALL || number(`${SEED} ${what}`) % (oneIn * FEWER) === 0;

function number(text: string): number {
  return createHash("sha256").update(text).digest().readUInt32BE();
}

/** Draws that depend on the seed and on what they are for, and on nothing else. */
export class Random {
  #count = 0;

  constructor(private readonly purpose: string) {}

  /** A whole number from `least` to `most`. */
  public between(least: number, most: number): number {
    this.#count += 1;
    return least + (number(`${SEED} ${this.purpose} ${this.#count}`) % (most - least + 1));
  }

  public chance(percent: number): boolean {
    return this.between(1, 100) <= percent;
  }

  public one<T>(of: readonly [T, ...T[]]): T {
    return of[this.between(0, of.length - 1)] ?? of[0];
  }

  /** Some of them, in their order. */
  public some<T>(of: readonly T[], percent: number): T[] {
    return of.filter(() => this.chance(percent));
  }
}
