import { readFileSync, writeFileSync } from "node:fs";
import { capabilitiesTable } from "./docs/capabilities-table";
import { comparisonTable } from "./docs/comparison-table";

/* Writes what is generated into the documents, between their marks: `npm run docs`. Tests find what is out of date. */

const TABLES: Readonly<Record<string, string>> = {
  "docs/capabilities.md": capabilitiesTable(),
  "docs/gateway-api.md": comparisonTable(),
};

const [HEAD, TAIL] = ["<!-- table -->\n", "<!-- /table -->"];

for (const [file, table] of Object.entries(TABLES)) {
  const text = readFileSync(file, "utf8");
  const start = text.indexOf(HEAD) + HEAD.length;
  writeFileSync(file, `${text.slice(0, start)}${table}\n${text.slice(text.indexOf(TAIL))}`);
}
