import { transformSync } from "esbuild";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/* Of two entries of one name JSON keeps the last without a word. */

const ROOT = resolve(__dirname, "..");
const OTHERS = /^(?:node_modules|cdktf\.out.*|dist|\.cache|\.git|coverage)$/;

function jsonFiles(folder = ""): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return OTHERS.test(entry.name) ? [] : jsonFiles(path);
    return entry.name.endsWith(".json") ? [path] : [];
  });
}

const duplicates = (text: string): string[] =>
  transformSync(text, { loader: "json", logLevel: "silent" }).warnings.map((warning) => warning.text);

test.each(jsonFiles())("%s says nothing twice", (file) => {
  expect(duplicates(readFileSync(join(ROOT, file), "utf8"))).toEqual([]);
});

test("an entry of the same name is found at any depth", () => {
  expect(duplicates('{ "scripts": { "a": "1", "b": "2", "a": "1" } }')).toEqual([
    'Duplicate key "a" in object literal',
  ]);
  expect(jsonFiles()).toEqual(
    expect.arrayContaining(["package.json", "package-lock.json", "cdktf.json", "tsconfig.json"]),
  );
});
