import type { Graph, GraphEdge } from "./edges";
import type { Ranks } from "./ranks";

/** A place in a column: of a node, or of edges that pass the column together. */
export interface Slot {
  /** Id of the node, or the trunk that passes. */
  readonly id: string;
  readonly passing: boolean;
  /** Slots of the column before and after that it is connected with. */
  readonly before: Slot[];
  readonly after: Slot[];
}

/** Rounds in which columns are sorted by their neighbours, from the left and from the right. */
const ROUNDS = 12;

/**
 * What edges that pass a column together lead to: they are drawn as one line there. Those to one node that only read are apart, and
 * so are those that lead back.
 */
export const trunkOf = ({ to, reads }: GraphEdge, back: boolean): string =>
  [to, ...(reads ? ["reads"] : []), ...(back ? ["back"] : [])].join(" ");

function slotsOf({ edges }: Graph, ranks: Ranks): Slot[][] {
  const columns = ranks.map((ids) => ids.map((id): Slot => ({ id, passing: false, before: [], after: [] })));
  const nodes = new Map(columns.flatMap((column, at) => column.map((slot) => [slot.id, { slot, at }] as const)));
  for (const edge of edges) {
    const [one, other] = [nodes.get(edge.from), nodes.get(edge.to)];
    if (one === undefined || other === undefined || one.at === other.at) continue;
    const back = one.at > other.at;
    // One that leads back is placed as any other, from its end.
    const [start, end] = back ? [other, one] : [one, other];
    const trunk = trunkOf(edge, back);
    const last = columns.slice(start.at + 1, end.at).reduce((left, column) => {
      const passing = passingIn(column, trunk);
      connect(left, passing);
      return passing;
    }, start.slot);
    connect(last, end.slot);
  }
  return columns;
}

function passingIn(column: Slot[], trunk: string): Slot {
  const known = column.find(({ id, passing }) => passing && id === trunk);
  const slot = known ?? { id: trunk, passing: true, before: [], after: [] };
  if (known === undefined) column.push(slot);
  return slot;
}

function connect(left: Slot, right: Slot): void {
  if (left.after.includes(right)) return;
  left.after.push(right);
  right.before.push(left);
}

/** Number of pairs of connections between neighbouring columns that cross. */
export function crossings(columns: readonly (readonly Slot[])[]): number {
  return columns.slice(1).reduce((sum, column, index) => {
    const left = columns[index] ?? [];
    const place = new Map(column.map((slot, at) => [slot, at]));
    const ends = left.flatMap((slot) => slot.after.map((to) => place.get(to) ?? 0).sort((a, b) => a - b));
    // Pairs whose order is the other way round on the right.
    const crossed = ends.reduce((all, end, at) => all + ends.slice(0, at).filter((before) => before > end).length, 0);
    return sum + crossed;
  }, 0);
}

const mean = (all: readonly number[]): number => all.reduce((sum, one) => sum + one, 0) / all.length;

function sorted(column: readonly Slot[], neighbours: readonly Slot[], side: "after" | "before"): Slot[] {
  const place = new Map(neighbours.map((slot, at) => [slot, at]));
  const weight = new Map(
    column.map((slot, at) => {
      const places = slot[side].map((one) => place.get(one) ?? 0);
      return [slot, places.length === 0 ? at : mean(places)];
    }),
  );
  return [...column].sort((a, b) => (weight.get(a) ?? 0) - (weight.get(b) ?? 0));
}

/** Columns in an order in which few edges cross: each is sorted by its neighbours, in turns, and the best is kept. */
export function inOrder(graph: Graph, ranks: Ranks): Slot[][] {
  let columns = slotsOf(graph, ranks);
  let best = columns;
  let least = crossings(columns);
  for (let round = 0; round < ROUNDS && least > 0; round++) {
    const next = [...columns];
    const order = next.map((_, at) => at);
    const toRight = round % 2 === 0;
    for (const at of toRight ? order.slice(1) : order.slice(0, -1).reverse()) {
      next[at] = sorted(next[at] ?? [], next[toRight ? at - 1 : at + 1] ?? [], toRight ? "before" : "after");
    }
    columns = next;
    const crossed = crossings(columns);
    if (crossed < least) [best, least] = [columns, crossed];
  }
  return best;
}
