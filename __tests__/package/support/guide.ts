import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readDocument } from "../../support/docs/markdown";
import { ROOT } from "./packed";

/** The first whole program that a page of the guide shows: it makes an `App`, and synthesizes it. */
export function exampleOf(page: string): string {
  const file = join("docs", "guide", page);
  const { fences } = readDocument(file, readFileSync(join(ROOT, file), "utf8"));
  const found = fences.find(
    ({ info, text }) => info === "ts" && text.includes("new App(") && text.includes(".synth()"),
  );
  if (found === undefined) throw new Error(`${file}: shows no whole program`);
  return found.text;
}
