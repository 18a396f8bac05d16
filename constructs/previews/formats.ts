import { tableHead } from "../portability/markdown";
import { textTable } from "../portability/text-table";
import { prose } from "../report/markdown-text";
import type { ApplicationStatement, Statement } from "./statement";

/** How a statement is written, by the name of the format. */
export const FORMATS: Formats = {
  text,
  markdown,
  json: (statement) => `${JSON.stringify(statement, null, 2)}\n`,
};

type Format = (statement: Statement) => string;
type Formats = Readonly<Record<"text" | "markdown" | "json", Format> & Record<string, Format | undefined>>;

type Part = ApplicationStatement["parts"][number];

const cells = ({ what, from, to }: Part["rows"][number]): [string, string, string] => [what, from, to];

function text(statement: Statement): string {
  const { against, preview, applications, missing } = statement;
  const table = ({ heading, rows }: Part): string =>
    `${heading}\n${textTable(["", against, preview], rows.map(cells))}`;
  const blocks = applications.flatMap(({ application, addresses, parts }) => [
    `${application} in ${preview}: ${addresses.join(", ") || "it has no routes"}`,
    `differs from ${against}:`,
    ...parts.map(table),
  ]);
  const lacks = ["what production has by itself, and a preview has not", ...missing.map((one) => `  ${one}`)];
  return `${[...blocks, lacks.join("\n")].join("\n\n")}\n`;
}

/** Writes the comment of a pull request: addresses first, and what differs folded. */
function markdown({ against, preview, applications, missing }: Statement): string {
  const table = ({ heading, rows }: Part): string[] => [
    `#### ${prose(heading)}`,
    [...tableHead("", against, preview), ...rows.map((row) => `| ${cells(row).map(prose).join(" | ")} |`)].join("\n"),
  ];
  const blocks = applications.flatMap(({ application, addresses, parts }) => [
    `### ${application} in ${preview}`,
    addresses.length === 0 ? "It has no routes." : addresses.map((one) => `- <${one}>`).join("\n"),
    `<details><summary>In what it differs from ${against}</summary>`,
    ...parts.flatMap(table),
    "</details>",
  ]);
  return `${[
    ...blocks,
    "<details><summary>What production has by itself, and a preview has not</summary>",
    missing.map((one) => `- ${prose(one)}`).join("\n"),
    "</details>",
  ].join("\n\n")}\n`;
}
