import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { edited, patchOf } from "../../../cli/fix/patch";
import { didYouMean, meantIn } from "../../../constructs/model/problem";

/* Patches as git takes them, and the word that an instruction names. */

const folder = mkdtempSync(join(tmpdir(), "goldenpath-patch-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The file after git has applied the patch to it. */
function applied(before: string, after: string): string {
  writeFileSync(join(folder, "a.ts"), before);
  const input = patchOf("a.ts", before, after);
  const { status, stderr } = spawnSync("git", ["apply", "-"], { cwd: folder, input, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return readFileSync(join(folder, "a.ts"), "utf8");
}

const LINES = Array.from({ length: 30 }, (_, index) => `line ${index}`);

test.each([
  ["the first line", [0]],
  ["the last line", [29]],
  ["two lines that follow each other", [10, 11]],
  ["two lines whose surroundings meet", [10, 16]],
  ["two that are far apart", [3, 25]],
])("%s", (_, changed) => {
  const is = LINES.map((line, index) => (changed.includes(index) ? `${line}!` : line));
  for (const end of ["\n", ""]) {
    expect(applied(LINES.join("\n") + end, is.join("\n") + end)).toBe(is.join("\n") + end);
  }
});

test("lines that end as Windows ends them stay so", () => {
  expect(applied("a\r\nb\r\nc\r\n", "a\r\nB\r\nc\r\n")).toBe("a\r\nB\r\nc\r\n");
});

test("edits of one file are made from behind, so that places stay", () => {
  const edits = [
    { file: "a", start: 0, end: 1, text: "long" },
    { file: "a", start: 2, end: 3, text: "" },
  ];
  expect(edited("abc", edits)).toBe("longb");
});

test("what an instruction names is read as it was meant", () => {
  expect(meantIn(`use "a" or "b"${didYouMean("orders-bd", ["orders-db", "x"])}`)).toBe("orders-db");
  // What is no plain word may be hidden or shortened.
  expect(meantIn(`use one${didYouMean('we"rd', ['we"ird'])}`)).toBeUndefined();
  expect(meantIn(`use one${didYouMean("nothing", ["like it"])}`)).toBeUndefined();
});
