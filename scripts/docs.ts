import { readFileSync, writeFileSync } from "node:fs";
import { comparisonTable } from "../constructs/kubernetes/routing/comparison-table";

/* Writes what is generated into the documents, between their marks: `npm run docs`. A test finds what is out of date. */

const FILE = "docs/gateway-api.md";
const text = readFileSync(FILE, "utf8");
const [head, tail] = ["<!-- table -->\n", "<!-- /table -->"];
const start = text.indexOf(head) + head.length;
writeFileSync(FILE, `${text.slice(0, start)}${comparisonTable()}\n${text.slice(text.indexOf(tail))}`);
