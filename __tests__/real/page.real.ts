import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { staging } from "../../environments/staging";
import { writePages } from "../../stacks/write-pages";
import { factsOf, large, measured, ON } from "../support/pages";
import { Browser, type Tab, type View } from "./support/browser";
import { CONTROLS, FOCUS, MARKS, OVERFLOW, SPILLED, TEXTS } from "./support/looks";

/* Pages in Chromium, from files: what it complains of, widths, both schemes, the keyboard, and what people hear. */

const folder = mkdtempSync(join(tmpdir(), "goldenpath-page-"));
const specs = [measured(staging), large()];
const [INDEX, STAGING, LARGE] = ["index.html", "environments/staging.html", "environments/local.html"] as const;
const FILES = [INDEX, STAGING, LARGE];

let browser: Browser | undefined;
beforeAll(() => {
  const facts = factsOf(specs);
  writePages({ folder, environments: specs.map(({ name }) => name), facts, on: ON });
  browser = Browser.start();
});
afterAll(async () => {
  await browser?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const open = (file: string, view: View = { width: 1280, scheme: "light" }): Promise<Tab> => {
  if (browser === undefined) throw new Error("no browser");
  return browser.open(join(folder, file), view);
};

interface Looked {
  readonly seen: number;
  readonly found: readonly string[];
}

test.each(FILES)("%s: nothing is complained of, nothing else is asked for, nothing runs", async (file) => {
  const tab = await open(file);
  expect(tab.complaints).toEqual([]);
  expect(tab.requests.filter((url) => !url.startsWith("data:"))).toEqual([`file://${join(folder, file)}`]);
  expect(await tab.evaluate("document.scripts.length")).toBe(0);
});

test("a script in a page would be refused, and complained of", async () => {
  const file = "planted.html";
  writeFileSync(
    join(folder, file),
    readFileSync(join(folder, INDEX), "utf8").replace("</body>", "<script>window.ran = 1</script></body>"),
  );
  const tab = await open(file);
  expect(await tab.evaluate("window.ran ?? null")).toBeNull();
  expect(tab.complaints.join()).toContain("Content Security Policy");
});

describe.each(FILES)("%s", (file) => {
  test.each([320, 400, 840, 1000, 1220, 1280])("fits a window of %d pixels, folded and open", async (width) => {
    const tab = await open(file, { width, scheme: "light" });
    expect(await tab.evaluate(OVERFLOW)).toEqual([]);
    await tab.evaluate(`document.querySelectorAll("details").forEach((one) => { one.open = true; })`);
    expect(await tab.evaluate(OVERFLOW)).toEqual([]);
  });

  test.each(["light", "dark"] as const)("has enough contrast in the %s scheme", async (scheme) => {
    const tab = await open(file, { width: 1280, scheme });
    const isDark = await tab.evaluate(`getComputedStyle(document.body).backgroundColor === "rgb(16, 20, 26)"`);
    expect(isDark).toBe(scheme === "dark");
    const texts = await tab.evaluate<Looked>(TEXTS);
    expect(texts.found).toEqual([]);
    expect(texts.seen).toBeGreaterThan(file === INDEX ? 20 : 300);
    const marks = await tab.evaluate<Looked>(MARKS);
    expect(marks.found).toEqual([]);
    expect(marks.seen).toBeGreaterThan(file === INDEX ? -1 : 15);
    expect(await tab.evaluate(SPILLED)).toMatchObject({ found: [] });
  });
});

test("a name that is longer than any column makes its table scroll, and not the page", async () => {
  const tab = await open(STAGING, { width: 1000, scheme: "light" });
  await tab.evaluate(`document.querySelector("tbody th").textContent = "x".repeat(300)`);
  expect(await tab.evaluate("document.documentElement.scrollWidth")).toBe(1000);
});

test("a text without contrast, and one that is too wide, are found", async () => {
  const tab = await open(STAGING, { width: 400, scheme: "light" });
  await tab.evaluate(`document.querySelector("h2").style.color = "#cfd3d8"`);
  expect((await tab.evaluate<Looked>(TEXTS)).found).toEqual([expect.stringContaining("What needs attention")]);
  await tab.evaluate(`document.querySelector("h2").style.width = "500px"`);
  expect(await tab.evaluate<string[]>(OVERFLOW)).toContainEqual(expect.stringContaining("What needs attention"));
});

test.each([1280, 400])(
  "the keyboard reaches every control of a page %d pixels wide, in its order, and shows where it is",
  async (width) => {
    const tab = await open(STAGING, { width, scheme: "light" });
    const count = await tab.evaluate<number>(CONTROLS);
    expect(count).toBeGreaterThan(30);
    for (let place = 0; place < count; place++) {
      await tab.press("Tab");
      expect(await tab.evaluate(FOCUS)).toEqual({ place, seen: true });
    }
  },
);

test("the first key leads past the list of contents, and Enter opens what is folded", async () => {
  const tab = await open(STAGING);
  await tab.press("Tab");
  await tab.press("Enter");
  await tab.press("Tab");
  expect(await tab.evaluate(`document.activeElement.closest("main") !== null`)).toBe(true);
  await tab.evaluate(`document.querySelector("summary").focus()`);
  await tab.press("Enter");
  expect(await tab.evaluate(`document.querySelector("details").open`)).toBe(true);
});

test("who listens on a phone hears tables with heads and cells, and the drawing's name once", async () => {
  const tab = await open(STAGING, { width: 400, scheme: "light" });
  const heard = await tab.heard();
  const names = (role: string): string[] => heard.filter((one) => one.role === role).map(({ name }) => name);
  expect(names("table")).toContain("Workloads of my-app");
  expect(names("rowheader")).toContain("backend");
  expect(names("columnheader")).toContain("Image");
  expect(names("cell")).toContain("php-fpm");
  expect(names("heading")).toContain("Application my-app");
  expect(names("navigation")).toEqual(["On this page"]);
  expect(heard.filter(({ name }) => name.startsWith("Who needs whom in my-app. The table"))).toHaveLength(1);
  expect(names("link").filter((name) => name.startsWith("Runbook of "))).toContain("Runbook of HighErrorRate");
});
