import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GROUPS, menu } from "../../scripts/menu/scripts";

const ROOT = join(__dirname, "..", "..");
const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  scripts: Readonly<Record<string, string>>;
};

test("the menu has every script of package.json, in its order, and no other", () => {
  expect(GROUPS.flatMap((group) => Object.keys(group.scripts))).toEqual(Object.keys(scripts));
});

test("no two scripts do the same, but for what npm runs by itself", () => {
  const { prepack, ...others } = scripts;
  expect(prepack).toBe("npm run --silent build");
  expect(new Set(Object.values(others)).size).toBe(Object.keys(others).length);
});

test("CONTRIBUTING.md shows it: npm run docs", () => {
  expect(readFileSync(join(ROOT, "CONTRIBUTING.md"), "utf8")).toContain(`\n\`\`\`text\n${menu()}\n\`\`\`\n`);
});

test("every line fits a terminal", () => {
  expect(
    Math.max(
      ...menu()
        .split("\n")
        .map((line) => line.length),
    ),
  ).toBeLessThanOrEqual(120);
});
