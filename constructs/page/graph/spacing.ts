import type { Slot } from "./order";

/** Rounds in which every slot is moved towards those it is connected with. */
const ROUNDS = 8;

interface Block {
  /** Where its first slot would like to be. */
  wish: number;
  count: number;
}

/**
 * Places as near to the wished ones as they can be in this order, where each is `distances[i]` or more below the one before: least squares,
 * by the method of pool adjacent violators.
 */
export function nearest(wishes: readonly number[], distances: readonly number[]): number[] {
  const offsets = distances.map((_, at) => distances.slice(0, at + 1).reduce((sum, one) => sum + one, 0));
  const blocks: Block[] = [];
  wishes.forEach((wish, at) => {
    let block: Block = { wish: wish - (offsets[at] ?? 0), count: 1 };
    for (let last = blocks.at(-1); last !== undefined && last.wish > block.wish; last = blocks.at(-1)) {
      const count = last.count + block.count;
      block = { wish: (last.wish * last.count + block.wish * block.count) / count, count };
      blocks.pop();
    }
    blocks.push(block);
  });
  const starts = blocks.flatMap(({ wish, count }) => Array.from({ length: count }, () => wish));
  return starts.map((start, at) => start + (offsets[at] ?? 0));
}

/** Puts the slots of a column at these places. */
function put(places: Map<Slot, number>, column: readonly Slot[], at: readonly number[]): void {
  column.forEach((slot, index) => places.set(slot, at[index] ?? 0));
}

const mean = (all: readonly number[]): number => all.reduce((sum, one) => sum + one, 0) / all.length;

/**
 * Middles of all slots, in pixels from the top of the first: near those that they are connected with, in the order of their
 * columns and a gap apart.
 */
export function placed(
  columns: readonly (readonly Slot[])[],
  sizeOf: (slot: Slot) => number,
  gap: number,
): ReadonlyMap<Slot, number> {
  const places = new Map<Slot, number>();
  const distances = columns.map((column) =>
    column.map((slot, at) => {
      const last = column[at - 1];
      return last === undefined ? 0 : (sizeOf(last) + sizeOf(slot)) / 2 + gap;
    }),
  );
  columns.forEach((column, at) => {
    const start = column.map(() => 0);
    put(places, column, nearest(start, distances[at] ?? []));
  });
  for (let round = 0; round < ROUNDS; round++) {
    const side = round % 2 === 0 ? "before" : "after";
    const order = columns.map((_, at) => at);
    for (const at of round % 2 === 0 ? order : order.reverse()) {
      const column = columns[at] ?? [];
      const wishes = column.map((slot) => {
        const near = slot[side].map((one) => places.get(one) ?? 0);
        return near.length === 0 ? (places.get(slot) ?? 0) : mean(near);
      });
      put(places, column, nearest(wishes, distances[at] ?? []));
    }
  }
  const top = Math.min(...columns.flat().map((slot) => (places.get(slot) ?? 0) - sizeOf(slot) / 2), Infinity);
  return new Map([...places].map(([slot, place]) => [slot, Math.round(place - top)]));
}
