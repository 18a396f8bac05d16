import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { markdownOf } from "../../constructs/report/markdown";
import { reportPage } from "../../constructs/report/page";
import { verdictOf } from "../../constructs/report/verdict";
import { RECORDED } from "./support/recorded";
import { reportOf } from "./support/reports";

/*
 * What people read of each recorded plan, as it was last looked at. `UPDATE_REPORTS=1 npm run test:one -- plans/reports` writes them
 * anew, for somebody to read the difference.
 */

const FOLDER = join(__dirname, "reports");
const UPDATE = process.env.UPDATE_REPORTS !== undefined;

const readable = RECORDED.filter(
  ({ understood, name }) => understood.refused !== true || name === "written-unknown-action",
);

/** Pages are long: those that have everything that a page may have. */
const PAGES = [
  "k8s-db-renamed",
  "k8s-drifted",
  "k8s-nothing-changed",
  "aws-db-moved-into-cluster",
  "written-sensitive",
];

const SOURCE = "https://example.com/acme/shop/blob/0123456789abcdef/";

function written(name: string): { readonly markdown: string; readonly page: string } {
  const recorded = RECORDED.find((one) => one.name === name);
  if (recorded === undefined) throw new Error(`no plan ${name}`);
  const report = reportOf(recorded);
  const input = { verdict: verdictOf(report, "medium", []), problems: [], source: SOURCE };
  return { markdown: markdownOf(report, input), page: reportPage(report, input) };
}

function expectFile(file: string, text: string): void {
  const path = join(FOLDER, file);
  if (UPDATE) {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(path, text);
  }
  expect(text).toBe(
    existsSync(path) ? readFileSync(path, "utf8") : `no file ${file}: write it as the head of this file says`,
  );
}

test.each(readable.map(({ name }) => [name]))("the comment on %s", (name) => {
  expectFile(`${name}.md`, written(name).markdown);
});

test.each(PAGES.map((name) => [name]))("the page of %s", (name) => {
  expectFile(`${name}.html`, written(name).page);
});

test("every file is of a plan", () => {
  const files = [...readable.map(({ name }) => `${name}.md`), ...PAGES.map((name) => `${name}.html`)];
  expect(readdirSync(FOLDER).sort()).toEqual(files.sort());
});

test.each(
  RECORDED.filter(({ understood }) => understood.mustNotShow !== undefined).map((one) => [one.name, one] as const),
)("nothing sensitive of %s is shown", (name, { understood }) => {
  const { markdown, page } = written(name);
  for (const value of understood.mustNotShow ?? []) {
    expect(markdown).not.toContain(value);
    expect(page).not.toContain(value);
  }
});
