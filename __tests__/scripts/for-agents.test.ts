import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { COMMANDS } from "../../cli/commands";

/* What programs that write code are told. That its lists are up to date `docs.test.ts` holds. */

const ROOT = join(__dirname, "..", "..");
const LLMS = readFileSync(join(ROOT, "llms.txt"), "utf8");
const links = [...LLMS.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path = ""]) => path);

test("llms.txt has the form of its specification: a title, a summary, and lists of links below headings", () => {
  const [title, , summary] = LLMS.split("\n");
  expect(title).toBe("# goldenpath");
  expect(summary).toMatch(/^> \S.{50,}/);
  expect(LLMS.match(/^## /gm)?.length).toBeGreaterThan(3);
});

test("every link of it leads to a file, and every guide is in it", () => {
  expect(links.length).toBeGreaterThan(80);
  expect(links.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  const guides = readdirSync(join(ROOT, "docs/guide")).map((file) => `docs/guide/${file}`);
  expect(guides.filter((file) => !links.includes(file))).toEqual([]);
});

test("every command is in it with its exit codes", () => {
  for (const { name } of COMMANDS) expect(LLMS).toMatch(new RegExp(`^- \`goldenpath ${name}\`: .* 0: .*1: `, "m"));
});

test("the package has all that it leads to, and what guides send people to", () => {
  const { files } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { files: readonly string[] };
  const isPacked = (path: string): boolean => files.some((file) => path === file || path.startsWith(`${file}/`));
  expect(links.filter((path) => !isPacked(path))).toEqual([]);
  expect(["llms.txt", "CHANGELOG.md", "examples/own-kind/main.ts", "docs/guide/upgrade.md"].every(isPacked)).toBe(true);
});
