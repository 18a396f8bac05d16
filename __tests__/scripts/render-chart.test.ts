import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { CHARTS, chartFiles } from "../../scripts/render/helm-chart";

const ROOT = resolve(__dirname, "..", "..");
const files = chartFiles();

test.each(Object.entries(files))("%s is what the model renders: npm run render", (file, text) => {
  expect(readFileSync(join(ROOT, file), "utf8")).toBe(text);
});

test("there is no other file", () => {
  const found = readdirSync(join(ROOT, CHARTS), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1));
  expect(found.sort()).toEqual(Object.keys(files).sort());
});
