import { line, tableHead } from "./markdown";
import { changed, type Move, NONE, type Row } from "./report";
import { textTable } from "./text-table";

/** How the report is written, by the name of the format. */
export const FORMATS: Formats = {
  text: (moves) => moves.map(text).join("\n"),
  markdown: (moves) => moves.map(markdown).join("\n"),
  json: (moves) => `${JSON.stringify(moves, null, 2)}\n`,
};

type Format = (moves: readonly Move[]) => string;
type Formats = Readonly<Record<"text" | "markdown" | "json", Format> & Record<string, Format | undefined>>;

/** A part of the report: a heading, and either lines or a table of what changes. */
type Part =
  | { readonly heading: string; readonly lines: readonly string[] }
  | { readonly heading: string; readonly rows: readonly Row[] };

const title = ({ environment, from, to }: Move): string => `${environment}: from ${from} to ${to}`;

const given = ({ to, like }: Move): string =>
  `What ${to} has to be told, such as region and network, is that of ${like}.`;

function parts(move: Move): Part[] {
  return [
    { heading: "would not work", lines: move.refused },
    { heading: "missing there", lines: move.missing },
    { heading: "environment", rows: move.rows },
    ...move.services.map(({ application, service, kind, rows }) => ({
      heading: `${service}, ${kind} of ${application}`,
      rows,
    })),
  ];
}

/** What is the same on both, in one line if there is any: it is worth knowing too. */
function unchanged(rows: readonly Row[]): string[] {
  const same = rows.filter((row) => !changed(row) && row.to !== NONE).map(({ what, to }) => `${what} (${to})`);
  return same.length === 0 ? [] : [same.join(", ")];
}

const orNothing = (lines: readonly string[]): readonly string[] => (lines.length === 0 ? ["nothing"] : lines);

const cells = ({ what, from, to }: Row): [string, string, string] => [what, from, to];

function text(move: Move): string {
  const body = parts(move).map((part) => {
    if ("lines" in part) return [part.heading, ...orNothing(part.lines).map((entry) => `  ${entry}`)].join("\n");
    const same = unchanged(part.rows);
    const rows = part.rows.filter(changed).map(cells);
    const table = rows.length === 0 ? "  nothing changes" : textTable(["", move.from, move.to], rows);
    return [part.heading, table, ...same.map((words) => `  the same: ${words}`)].join("\n");
  });
  return `${[`${title(move)}\n${given(move)}`, ...body].join("\n\n")}\n`;
}

const rowLine = (row: Row): string => line(...cells(row));

export function markdown(move: Move): string {
  const body = parts(move).flatMap((part) => {
    const heading = `### ${part.heading}`;
    if ("lines" in part)
      return [
        heading,
        orNothing(part.lines)
          .map((entry) => `- ${entry}`)
          .join("\n"),
      ];
    const table = [...tableHead("", move.from, move.to), ...part.rows.filter(changed).map(rowLine)];
    return [heading, table.join("\n"), ...unchanged(part.rows).map((words) => `The same: ${words}.`)];
  });
  return `${[`## ${title(move)}`, given(move), ...body].join("\n\n")}\n`;
}
