import { readFileSync, writeFileSync } from "node:fs";
import { GENERATED, withGenerated } from "./docs/documents";

/* Writes what is generated into the documents, between their marks: `npm run docs`. A test finds what is out of date. */

for (const part of GENERATED) writeFileSync(part.file, withGenerated(readFileSync(part.file, "utf8"), part));
