import { type Html, markup } from "../html";
import type { Graph, GraphEdge, GraphNode, NodeKind } from "./edges";
import { type Layout, layoutOf, NODE_HEIGHT, type PlacedEdge, type PlacedNode, type Point } from "./layout";

/* A drawing of a graph. Its colours are the page's own, by classes: an attribute `style` would be refused by the page's policy. */

/** Characters of a name and of a note that are shown; all of it is in the table beside. */
const [NAME, NOTE] = [26, 32];
/** Pixels of a character, those of wide ones included, of both sizes of text. */
const [NAME_WIDTH, NOTE_WIDTH] = [8, 6.7];
const [PADDING, LEAST] = [28, 110];

const cut = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);

const widthOf = ({ name, note }: GraphNode): number =>
  Math.round(
    Math.max(LEAST, PADDING + cut(name, NAME).length * NAME_WIDTH, PADDING + cut(note, NOTE).length * NOTE_WIDTH),
  );

/** Drawings that are a little too wide are made smaller; what would be too small to read scrolls. In pixels. */
const SIZES: readonly (readonly [upTo: number, name: string])[] = [
  [800, "narrow"],
  [1100, "middle"],
  [1500, "wide"],
];

const WORDS: readonly (readonly [kind: NodeKind, words: string])[] = [
  ["host", "host"],
  ["workload", "workload"],
  ["objects", "objects of its own"],
  ["service", "data service"],
  ["outside", "outside"],
];

/** A tenth of a pixel is more than eyes tell apart. */
const round = (value: number): number => Math.round(value * 10) / 10;

/** Curves from point to point, each by itself: lines that run together are drawn once. */
function curves(points: readonly Point[]): string[] {
  return points.slice(1).map((to, at) => {
    const from = points[at] ?? to;
    const middle = Math.round((from.x + to.x) / 2);
    const step =
      from.y === to.y ? `H${to.x}` : `C${middle} ${round(from.y)} ${middle} ${round(to.y)} ${to.x} ${round(to.y)}`;
    return `M${from.x} ${round(from.y)}${step}`;
  });
}

/** Ends before the node by the length of the arrow's head. */
function beforeHead(points: readonly Point[]): Point[] {
  const [last, before] = [points.at(-1), points.at(-2)];
  if (last === undefined || before === undefined) return [...points];
  return [...points.slice(0, -1), { x: last.x + (before.x < last.x ? -5 : 5), y: last.y }];
}

function head(points: readonly Point[]): string {
  const [last, before] = [points.at(-1), points.at(-2)];
  if (last === undefined || before === undefined) return "";
  const x = last.x + (before.x < last.x ? -6 : 6);
  return `M${last.x} ${round(last.y)}L${x} ${round(last.y - 3.5)}V${round(last.y + 3.5)}Z`;
}

/** All edges, as one path for each look that they have. */
function lines(edges: readonly (readonly [PlacedEdge, GraphEdge, NodeKind])[]): Html {
  const looks = new Map<string, Set<string>>();
  const add = (look: string, paths: readonly string[]): void => {
    looks.set(look, new Set([...(looks.get(look) ?? []), ...paths]));
  };
  for (const [{ points }, { reads }, kind] of edges) {
    add(`edge to-${kind}${reads ? " reads" : ""}`, curves(beforeHead(points)));
    add(`head to-${kind}`, [head(points)]);
  }
  return markup`${[...looks].map(([look, paths]) => markup`<path class="${look}" d="${[...paths].join("")}"/>\n`)}`;
}

const node = ({ x, y, width }: PlacedNode, { id, kind, name, note }: GraphNode, { href, self }: DrawingLinks): Html => {
  const of = self === id ? " self" : "";
  const drawn = markup`<g class="node ${kind}${of}" transform="translate(${x} ${y})"><title>${name}: ${note}</title><rect width="${width}" height="${NODE_HEIGHT}" rx="8"/><rect class="bar" y="10" width="4" height="${NODE_HEIGHT - 20}" rx="2"/><text class="name" x="16" y="20">${cut(name, NAME)}</text><text class="note" x="16" y="36">${cut(note, NOTE)}</text></g>`;
  const to = self === id ? undefined : href?.(id);
  // The table has the same links: who goes by the keyboard need not pass all of them twice.
  return to === undefined ? markup`${drawn}\n` : markup`<a href="${to}" tabindex="-1">${drawn}</a>\n`;
};

/** What a drawing of a site leads to. */
export interface DrawingLinks {
  /** Page of what a node stands for, by its id. @default - nodes lead nowhere */
  readonly href?: (id: string) => string | undefined;
  /** The node that the page is of. @default - none */
  readonly self?: string;
}

/** The drawing with its legend; on a narrow screen it scrolls in a region of its own, which the keyboard reaches. */
export function drawing(graph: Graph, id: string, title: string, links: DrawingLinks = {}): Html {
  const nodes = new Map(graph.nodes.map((one) => [one.id, one]));
  const layout: Layout = layoutOf(graph, (of) => {
    const found = nodes.get(of);
    return found === undefined ? LEAST : widthOf(found);
  });
  const kinds = WORDS.filter(([kind]) => graph.nodes.some((one) => one.kind === kind));
  const drawnEdges = layout.edges.flatMap((placed) => {
    const of = graph.edges[placed.index];
    return of === undefined ? [] : [[placed, of, nodes.get(of.to)?.kind ?? "outside"] as const];
  });
  const drawnNodes = layout.nodes.map((placed) => {
    const of = nodes.get(placed.id);
    return of === undefined ? undefined : node(placed, of, links);
  });
  const { width, height } = layout;
  return markup`<figure class="graph">
<div class="drawing" role="region" aria-label="${title}" tabindex="0">
<svg class="${SIZES.find(([upTo]) => width <= upTo)?.[1] ?? "widest"}" role="${links.href === undefined ? "img" : "group"}" aria-labelledby="${id}-drawing" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<title id="${id}-drawing">${title}. The table below says the same.</title>
${lines(drawnEdges)}${drawnNodes}</svg>
</div>
<figcaption>${kinds.map(([kind, words]) => markup`<span class="key ${kind}">${words}</span> `)}${graph.edges.some(({ reads }) => reads) ? markup`<span class="key reading">may only read</span>` : undefined}</figcaption>
</figure>
`;
}
