import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writePortal } from "../../stacks/write-portal";
import { many, portalOf } from "../support/pages";
import { Browser, type Tab } from "./support/browser";

/* Two hundred services in three environments: how long the portal takes to be written, to open and to answer a key. */

const folder = mkdtempSync(join(tmpdir(), "goldenpath-portal-many-"));
let browser: Browser | undefined;
let files: readonly string[] = [];
let seconds = 0;
beforeAll(() => {
  const began = performance.now();
  files = writePortal(folder, portalOf(many())).map(({ file }) => file);
  seconds = (performance.now() - began) / 1000;
  browser = Browser.start();
}, 120_000);
afterAll(async () => {
  await browser?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function open(file: string): Promise<Tab> {
  if (browser === undefined) throw new Error("no browser");
  const tab = await browser.open(join(folder, file), { width: 1280, scheme: "light" });
  await tab.until(`document.documentElement.classList.contains("live")`);
  return tab;
}

const sizeOf = (file: string): number => statSync(join(folder, file)).size;

test("is written in less than a minute, and no page but an environment's is larger than 250 kB", () => {
  expect(seconds).toBeLessThan(60);
  expect(files.filter((file) => file.startsWith("services/"))).toHaveLength(200);
  expect(files.filter((file) => file.startsWith("data/"))).toHaveLength(50);
  const large = files.filter((file) => !file.startsWith("environments/") && sizeOf(file) > 250_000);
  expect(large).toEqual([]);
  expect(sizeOf("environments/one.html")).toBeLessThan(1_500_000);
  expect(sizeOf("search-index.js")).toBeLessThan(250_000);
});

test.each(["index.html", "services.html", "services/app-9/service-9-0.html", "scorecards.html"])(
  "%s is there in less than a second",
  async (file) => {
    const took: number[] = [];
    // The best of three: the others tell of what this machine does beside it.
    for (let round = 0; round < 3 && Math.min(...took) >= 1000; round++) {
      const tab = await open(file);
      took.push(await tab.evaluate<number>(`performance.getEntriesByType("navigation")[0].duration`));
      expect(tab.complaints).toEqual([]);
      await tab.close();
    }
    expect(Math.min(...took)).toBeLessThan(1000);
  },
);

test("the search answers each key within 50 ms, and finds the one that is asked for", async () => {
  const tab = await open("index.html");
  await tab.evaluate(`(() => {
    window.took = [];
    const input = document.getElementById("search");
    let began = 0;
    // Before the search's own listener and after it: what it does in between, with the layout that its list asks for.
    input.addEventListener("input", () => { began = performance.now(); }, { capture: true });
    document.addEventListener("input", () => {
      document.querySelector(".results").getBoundingClientRect();
      window.took.push(performance.now() - began);
    });
  })()`);
  await tab.type("/");
  await tab.until(`document.querySelector('script[src$="search-index.js"]') !== null`);
  await tab.type("s");
  await tab.until(`!document.querySelector(".results").hidden`);
  await tab.type("ervice 9 19");
  const rounds: number[][] = [];
  for (;;) {
    await tab.until(`window.took.length === 12`);
    rounds.push(await tab.evaluate<number[]>("window.took"));
    if (rounds.length === 3) break;
    await tab.evaluate(`window.took = []; document.getElementById("search").value = ""`);
    await tab.type("service 9 19");
  }
  // Each key at its best of three: the others tell of what this machine does beside it.
  const took = (rounds[0] ?? []).map((_, key) => Math.min(...rounds.map((round) => round[key] ?? Infinity)));
  expect(Math.max(...took)).toBeLessThan(50);
  expect(await tab.evaluate(`document.querySelector('.results a[aria-selected="true"] b').textContent`)).toBe(
    "service-9-19",
  );
  await tab.press("Enter");
  await tab.until(`location.pathname.endsWith("/services/app-9/service-9-19.html")`);
});
