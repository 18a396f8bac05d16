import type { Graph } from "./edges";
import { inOrder, type Slot } from "./order";
import { ranksOf } from "./ranks";
import { placed } from "./spacing";

/** A place in pixels, from the top left. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedNode extends Point {
  readonly id: string;
  readonly width: number;
}

/** An edge with the points that it goes through, each end on a side of a node. */
export interface PlacedEdge {
  /** Its place among the graph's edges. */
  readonly index: number;
  readonly points: readonly Point[];
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

export const NODE_HEIGHT = 46;
const [GAP, MARGIN] = [14, 8];
/** An edge that passes a column takes this much of it. */
const PASSING = 10;
/** Room between two columns, in which curves can be told apart. */
const BETWEEN = 56;

/** Width of a column, from the widest text in it. */
export type WidthOf = (id: string) => number;

/**
 * Places nodes in columns and leads edges between them, from left to right; an edge that passes a column has a place of its own
 * there. The same graph has the same layout.
 */
export function layoutOf(graph: Graph, widthOf: WidthOf): Layout {
  const columns = inOrder(graph, ranksOf(graph));
  const sizeOf = ({ passing }: Slot): number => (passing ? PASSING : NODE_HEIGHT);
  const middles = placed(columns, sizeOf, GAP);
  const widths = columns.map((column) =>
    Math.max(...column.map(({ id, passing }) => (passing ? 0 : widthOf(id))), PASSING),
  );
  const lefts = widths.map((_, at) => MARGIN + widths.slice(0, at).reduce((sum, width) => sum + width + BETWEEN, 0));
  const slots = columns.flatMap((column, at) =>
    column.map((slot) => ({ slot, x: lefts[at] ?? 0, y: (middles.get(slot) ?? 0) + MARGIN, width: widths[at] ?? 0 })),
  );
  const nodes = slots
    .filter(({ slot }) => !slot.passing)
    .map(({ slot: { id }, x, y, width }) => ({ id, x, y: y - NODE_HEIGHT / 2, width }));
  return {
    width: (lefts.at(-1) ?? 0) + (widths.at(-1) ?? 0) + MARGIN,
    height: Math.max(0, ...slots.map(({ slot, y }) => y + sizeOf(slot) / 2)) + MARGIN,
    nodes,
    edges: led(graph, slots),
  };
}

interface PlacedSlot extends Point {
  readonly slot: Slot;
  readonly width: number;
}

/** Ends of edges at one side of a node are apart, in the order in which the other ends stand. */
function spread(
  ends: readonly { readonly index: number; readonly towards: number }[],
  middle: number,
): Map<number, number> {
  const sorted = [...ends].sort((a, b) => a.towards - b.towards || a.index - b.index);
  const step = Math.min(8, (NODE_HEIGHT - 16) / Math.max(1, sorted.length - 1));
  return new Map(sorted.map(({ index }, at) => [index, middle + (at - (sorted.length - 1) / 2) * step]));
}

function led({ edges }: Graph, slots: readonly PlacedSlot[]): PlacedEdge[] {
  const nodes = new Map(slots.filter(({ slot }) => !slot.passing).map((one) => [one.slot.id, one]));
  const ways = edges.flatMap(({ from, to }, index) => {
    const [start, end] = [nodes.get(from), nodes.get(to)];
    if (start === undefined || end === undefined || start === end) return [];
    const back = start.x >= end.x;
    const passing = slots.filter(({ slot }) => slot.passing && slot.id === String(index));
    return [{ index, start, end, back, passing: back ? [...passing].reverse() : passing }];
  });
  const ends = new Map<PlacedSlot, Map<"left" | "right", { index: number; towards: number }[]>>();
  const note = (at: PlacedSlot, side: "left" | "right", index: number, towards: number): void => {
    const sides = ends.get(at) ?? new Map<"left" | "right", { index: number; towards: number }[]>();
    sides.set(side, [...(sides.get(side) ?? []), { index, towards }]);
    ends.set(at, sides);
  };
  for (const { index, start, end, back, passing } of ways) {
    note(start, back ? "left" : "right", index, (passing[0] ?? end).y);
    note(end, back ? "right" : "left", index, (passing.at(-1) ?? start).y);
  }
  const heights = new Map(
    [...ends].map(([at, sides]) => [at, new Map([...sides].map(([side, all]) => [side, spread(all, at.y)]))]),
  );
  const height = (at: PlacedSlot, side: "left" | "right", index: number): number =>
    heights.get(at)?.get(side)?.get(index) ?? at.y;
  return ways.map(({ index, start, end, back, passing }) => ({
    index,
    points: [
      { x: back ? start.x : start.x + start.width, y: height(start, back ? "left" : "right", index) },
      ...passing.flatMap(({ x, y, width }) =>
        back
          ? [
              { x: x + width, y },
              { x, y },
            ]
          : [
              { x, y },
              { x: x + width, y },
            ],
      ),
      { x: back ? end.x + end.width : end.x, y: height(end, back ? "right" : "left", index) },
    ],
  }));
}
