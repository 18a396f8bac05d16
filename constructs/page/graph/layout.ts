import type { Graph } from "./edges";
import { inOrder, type Slot, trunkOf } from "./order";
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
 * Places nodes in columns and leads edges between them, from left to right; edges that pass a column have a place
 * there, one for all that lead to the same node. The same graph has the same layout.
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

type Side = "left" | "right";

/** An end of an edge at a side of a node. Those that come by the same way are one. */
interface End {
  readonly way: PlacedSlot;
  readonly towards: number;
}

/** Heights of the ends at one side of a node: apart, in the order in which the other ends stand. */
function spread(ends: readonly End[], middle: number): Map<PlacedSlot, number> {
  const once = [...new Map(ends.map((end) => [end.way, end])).values()];
  const sorted = once.sort((a, b) => a.towards - b.towards);
  const step = Math.min(8, (NODE_HEIGHT - 16) / Math.max(1, sorted.length - 1));
  return new Map(sorted.map(({ way }, at) => [way, middle + (at - (sorted.length - 1) / 2) * step]));
}

interface Way {
  readonly index: number;
  readonly start: PlacedSlot;
  readonly end: PlacedSlot;
  /** Whether it leads to the left. */
  readonly back: boolean;
  /** What it passes, in its direction. */
  readonly passing: readonly PlacedSlot[];
}

function waysOf({ edges }: Graph, slots: readonly PlacedSlot[]): Way[] {
  const nodes = new Map(slots.filter(({ slot }) => !slot.passing).map((one) => [one.slot.id, one]));
  return edges.flatMap((edge, index): Way[] => {
    const [start, end] = [nodes.get(edge.from), nodes.get(edge.to)];
    if (start === undefined || end === undefined || start.x === end.x) return [];
    const back = start.x > end.x;
    const trunk = trunkOf(edge, back);
    const [left, right] = [Math.min(start.x, end.x), Math.max(start.x, end.x)];
    const passing = slots.filter(({ slot, x }) => slot.passing && slot.id === trunk && x > left && x < right);
    return [{ index, start, end, back, passing: back ? passing.reverse() : passing }];
  });
}

function led(graph: Graph, slots: readonly PlacedSlot[]): PlacedEdge[] {
  const ways = waysOf(graph, slots);
  const ends = new Map<PlacedSlot, Record<Side, End[]>>();
  const note = (at: PlacedSlot, side: Side, way: PlacedSlot): void => {
    const sides = ends.get(at) ?? { left: [], right: [] };
    sides[side].push({ way, towards: way.y });
    ends.set(at, sides);
  };
  for (const { start, end, back, passing } of ways) {
    note(start, back ? "left" : "right", passing[0] ?? end);
    note(end, back ? "right" : "left", passing.at(-1) ?? start);
  }
  const heights = new Map(
    [...ends].map(([at, { left, right }]) => [at, { left: spread(left, at.y), right: spread(right, at.y) }]),
  );
  const height = (at: PlacedSlot, side: Side, way: PlacedSlot): number => heights.get(at)?.[side].get(way) ?? at.y;
  return ways.map(({ index, start, end, back, passing }) => {
    const through = passing.flatMap(({ x, y, width }) => {
      const sides = [
        { x, y },
        { x: x + width, y },
      ];
      return back ? sides.reverse() : sides;
    });
    const from = height(start, back ? "left" : "right", passing[0] ?? end);
    const to = height(end, back ? "right" : "left", passing.at(-1) ?? start);
    return {
      index,
      points: [
        { x: back ? start.x : start.x + start.width, y: from },
        ...through,
        { x: back ? end.x + end.width : end.x, y: to },
      ],
    };
  });
}
