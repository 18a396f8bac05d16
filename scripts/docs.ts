import { readFileSync } from "node:fs";
import { apply } from "../constructs/outputs/files";
import { GENERATED, withGenerated } from "./docs/documents";

/* Writes what is generated into the documents, between their marks: `npm run docs`. A test finds what is out of date. */

const texts = new Map<string, string>();
for (const part of GENERATED) {
  texts.set(part.file, withGenerated(texts.get(part.file) ?? readFileSync(part.file, "utf8"), part));
}
const changed = [...texts].filter(([file, text]) => readFileSync(file, "utf8") !== text);
apply(
  ".",
  changed.map(([file, text]) => ({ file, text })),
);
