import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readPlan } from "../../constructs/plan/read-plan";
import { makeReport } from "../../constructs/report/make-report";
import { reportPage } from "../../constructs/report/page";
import type { Report } from "../../constructs/report/report";
import { verdictOf } from "../../constructs/report/verdict";
import { changeJson, planJson } from "../constructs/plan/plans";
import { RECORDED } from "../plans/support/recorded";
import { reportOf } from "../plans/support/reports";
import { Browser, type Tab, type View } from "./support/browser";
import { CONTROLS, FOCUS, OVERFLOW, SPILLED, TEXTS } from "./support/looks";

/* The page of a report in Chromium, from a file: of recorded plans, and of one with a thousand changes. */

const CHANGES = 1000;

/** A thousand resources that change, each in a long text, a number and a list. */
const thousand = (): Report =>
  makeReport({
    plans: {
      staging: readPlan(
        planJson(
          Array.from({ length: CHANGES }, (_, index) =>
            changeJson({
              address: `aws_db_instance.orders-${index}`,
              before: { storage: 20, tags: { owner: "a" }, notes: "before ".repeat(20), zones: ["a", "b"] },
              after: { storage: 20 + index, tags: { owner: "b" }, notes: "after ".repeat(20), zones: ["a", "b", "c"] },
            }),
          ),
        ),
      ),
    },
  });

const recorded = (name: string): Report => {
  const found = RECORDED.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no plan ${name}`);
  return reportOf(found);
};

/** Words that are longer than a phone is wide. */
const long = (): Report =>
  makeReport({
    plans: {
      staging: readPlan(
        planJson([
          changeJson({
            address: "google_kms_crypto_key_iam_member.my-app_DataKey_CloudSql_E33E10D7",
            actions: ["create"],
            after: {
              role: "roles/cloudkms.cryptoKeyEncrypterDecrypterOfAllThatIsInTheProject",
              member: `serviceAccount:${"a".repeat(60)}@goldenpath-staging.iam.gserviceaccount.com`,
            },
          }),
        ]),
      ),
    },
  });

const REPORTS: Readonly<Record<string, () => Report>> = {
  "aws-db-moved-into-cluster": () => recorded("aws-db-moved-into-cluster"),
  "k8s-drifted": () => recorded("k8s-drifted"),
  "k8s-nothing-changed": () => recorded("k8s-nothing-changed"),
  long,
  thousand,
};
const NAMES = Object.keys(REPORTS);
const [RISKY] = NAMES;

const folder = mkdtempSync(join(tmpdir(), "goldenpath-report-"));

let browser: Browser | undefined;
beforeAll(() => {
  for (const [name, make] of Object.entries(REPORTS)) {
    const report = make();
    const input = { verdict: verdictOf(report, "medium", []), problems: [], source: "https://example.com/blob/main/" };
    writeFileSync(join(folder, `${name}.html`), reportPage(report, input));
  }
  browser = Browser.start();
});
afterAll(async () => {
  await browser?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const open = (name = "", view: View = { width: 1280, scheme: "light" }): Promise<Tab> => {
  if (browser === undefined) throw new Error("no browser");
  return browser.open(join(folder, `${name}.html`), view);
};

interface Looked {
  readonly seen: number;
  readonly found: readonly string[];
}

test.each(NAMES)("%s: nothing is complained of, nothing else is asked for, nothing runs", async (name) => {
  const tab = await open(name);
  expect(tab.complaints).toEqual([]);
  expect(tab.requests.filter((url) => !url.startsWith("data:"))).toEqual([`file://${join(folder, `${name}.html`)}`]);
  expect(await tab.evaluate("document.scripts.length")).toBe(0);
});

describe.each(NAMES.filter((name) => name !== "thousand"))("%s", (name) => {
  test.each([320, 400, 1000, 1280])("fits a window of %d pixels, folded and open", async (width) => {
    const tab = await open(name, { width, scheme: "light" });
    expect(await tab.evaluate(OVERFLOW)).toEqual([]);
    await tab.evaluate(`document.querySelectorAll("details").forEach((one) => { one.open = true; })`);
    expect(await tab.evaluate(OVERFLOW)).toEqual([]);
  });

  test.each(["light", "dark"] as const)("has enough contrast in the %s scheme", async (scheme) => {
    const tab = await open(name, { width: 1280, scheme });
    const isDark = await tab.evaluate(`getComputedStyle(document.body).backgroundColor === "rgb(16, 20, 26)"`);
    expect(isDark).toBe(scheme === "dark");
    const texts = await tab.evaluate<Looked>(TEXTS);
    expect(texts.found).toEqual([]);
    expect(texts.seen).toBeGreaterThan(["k8s-nothing-changed", "long"].includes(name) ? 5 : 20);
    expect(await tab.evaluate(SPILLED)).toMatchObject({ found: [] });
  });
});

test.each([1280, 400])("the keyboard reaches every control, %d pixels wide, in its order, and shows where it is", async (width) => {
  const tab = await open(RISKY, { width, scheme: "light" });
  const count = await tab.evaluate<number>(CONTROLS);
  expect(count).toBeGreaterThan(5);
  for (let place = 0; place < count; place++) {
    await tab.press("Tab");
    expect(await tab.evaluate(FOCUS)).toEqual({ place, seen: true });
  }
});

test("the first key leads past the list of contents, and Enter opens what is folded", async () => {
  const tab = await open(RISKY);
  await tab.press("Tab");
  await tab.press("Enter");
  await tab.press("Tab");
  expect(await tab.evaluate(`document.activeElement.closest("main") !== null`)).toBe(true);
  await tab.evaluate(`document.querySelector("summary").focus()`);
  await tab.press("Enter");
  expect(await tab.evaluate(`document.querySelector("details").open`)).toBe(true);
});

test("who listens hears risks as a list, and arguments as tables with heads", async () => {
  const tab = await open(RISKY);
  await tab.evaluate(`document.querySelectorAll("details").forEach((one) => { one.open = true; })`);
  const heard = await tab.heard();
  const names = (role: string): string[] => heard.filter((one) => one.role === role).map(({ name }) => name);
  expect(names("heading")).toEqual(expect.arrayContaining(["Risks", "What changes", "Stacks"]));
  expect(names("columnheader")).toEqual(expect.arrayContaining(["Argument", "Is", "Will be"]));
  expect(names("table").filter((name) => name.startsWith("Arguments of "))).not.toEqual([]);
});

describe("a thousand changes", () => {
  /** Milliseconds from an act until the frame after it is drawn: the least of five, as others use this machine. */
  const drawn = async (tab: Tab, act: string): Promise<number> =>
    Math.min(
      ...(await tab.evaluate<number[]>(`(async () => {
        const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
        const times = [];
        for (let index = 0; index < 5; index++) {
          await frame();
          const before = performance.now();
          (${act})(index);
          await frame();
          times.push(performance.now() - before);
        }
        return times;
      })()`)),
    );

  test("has them all, and is there within two seconds", async () => {
    const tab = await open("thousand");
    expect(await tab.evaluate(`document.querySelectorAll("section.part").length`)).toBe(CHANGES);
    const [complete] = await tab.evaluate<number[]>(
      `performance.getEntriesByType("navigation").map((one) => one.domComplete)`,
    );
    expect(complete).toBeLessThan(2000);
  });

  // 200 ms is what https://web.dev/articles/inp calls good for the longest act of a visit.
  test.each([
    ["one is unfolded", `(index) => { document.querySelectorAll("details")[index * 7].open = true; }`],
    ["it is scrolled to its end and back", `(index) => { scrollTo(0, index % 2 === 0 ? 1e9 : 0); }`],
    ["somebody goes to another change", `(index) => { location.hash = "change-" + (index + 1) * 150; }`],
  ])("answers before anybody waits, when %s", async (_, act) => {
    expect(await drawn(await open("thousand"), act)).toBeLessThan(200);
  });

  test("fits a phone", async () => {
    const tab = await open("thousand", { width: 400, scheme: "dark" });
    expect(await tab.evaluate("document.documentElement.scrollWidth")).toBe(400);
    expect(await drawn(tab, `(index) => { scrollTo(0, index % 2 === 0 ? 1e9 : 0); }`)).toBeLessThan(200);
  });
});
