/** A row of a table in Markdown. */
export const line = (...cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;

export const tableHead = (...titles: readonly string[]): string[] => [
  line(...titles),
  line(...titles.map(() => "---")),
];
