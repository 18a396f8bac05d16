/** Characters of a line of a terminal, and of each column but the first at least. */
const WIDTH = 120;

/** A table for terminals: columns by two spaces, long texts over several lines. */
export function textTable(
  head: readonly [string, string, string],
  rows: readonly (readonly [string, string, string])[],
) {
  const first = Math.min(Math.max(...[head, ...rows].map(([cell]) => cell.length)), 34);
  const other = Math.floor((WIDTH - first - 6) / 2);
  const widths = [first, other, other];
  return [head, ...rows].flatMap((row) => lines(row, widths)).join("\n");
}

function lines(row: readonly string[], widths: readonly number[]): string[] {
  const columns = row.map((cell, index) => wrap(cell, widths[index] ?? WIDTH));
  const height = Math.max(...columns.map((column) => column.length));
  return Array.from({ length: height }, (_, index) =>
    columns
      .map((column, place) => (column[index] ?? "").padEnd(widths[place] ?? 0))
      .join("  ")
      .trimEnd(),
  ).map((line) => `  ${line}`);
}

/** Wraps at spaces; a word that is longer than the column is cut. */
function wrap(text: string, width: number): string[] {
  return text.split(" ").reduce<string[]>((done, word) => {
    const last = done.at(-1);
    const pieces = word.match(new RegExp(`.{1,${width}}`, "gu")) ?? [""];
    if (last === undefined || last.length + 1 + word.length > width) return [...done, ...pieces];
    return [...done.slice(0, -1), `${last} ${word}`];
  }, []);
}
