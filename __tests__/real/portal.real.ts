import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { staging } from "../../environments/staging";
import { writePortal } from "../../stacks/write-portal";
import { OPENAPI, README } from "../support/openapi";
import { large, measured, portalOf } from "../support/pages";
import { axe } from "./support/axe";
import { Browser, type Tab, type View } from "./support/browser";
import { CONTROLS, FOCUS, MARKS, OVERFLOW, SPILLED, TEXTS } from "./support/looks";

/* The portal in Chromium, from files: what it complains of, widths, both schemes, the keyboard, what people hear, and the search. */

const folder = mkdtempSync(join(tmpdir(), "goldenpath-portal-"));
const specs = [measured(staging), large()];

/** One page of each kind, by what it is of. */
const KINDS = {
  home: "index.html",
  services: "services.html",
  data: "data.html",
  applications: "applications.html",
  environments: "environments.html",
  teams: "teams.html",
  alerts: "alerts.html",
  versions: "versions.html",
  scorecards: "scorecards.html",
  documents: "documents.html",
  service: "services/my-app/backend.html",
  "data service": "data/my-app/orders-db.html",
  application: "applications/my-app.html",
  team: "teams/team-my-app.html",
  environment: "environments/staging.html",
  API: "apis/my-app/backend.html",
  document: "documents/my-app/backend.html",
  runbook: "runbooks/staging/my-app/HighErrorRate.html",
  "list of runbooks": "runbooks/staging/my-app/README.html",
} as const;

const STAGING = KINDS.environment;

let browser: Browser | undefined;
beforeAll(() => {
  const facts = portalOf(specs);
  writePortal(folder, {
    ...facts,
    apis: { "my-app/backend": { type: "openapi", file: "api.yaml", text: OPENAPI } },
    readmes: { "my-app/backend": { file: "code/README.md", text: README } },
  });
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

test("the kinds of pages that are looked at are all that there are", () => {
  const folders = readdirSync(folder, { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? [one.name] : []));
  const looked = Object.values(KINDS).flatMap((file) => (file.includes("/") ? [file.split("/")[0]] : []));
  expect(folders.sort()).toEqual([...new Set(looked)].sort());
  const pages = readdirSync(folder).filter((file) => file.endsWith(".html"));
  expect(pages.sort()).toEqual(
    Object.values<string>(KINDS)
      .filter((file) => !file.includes("/"))
      .sort(),
  );
});

const SCHEMES = ["light", "dark"] as const;
const UNFOLD = `document.querySelectorAll("details").forEach((one) => { one.open = true; })`;

describe.each(Object.entries(KINDS))("the page of kind %s", (_, file) => {
  let tab: Tab;
  beforeAll(async () => {
    tab = await open(file);
    await tab.until(`document.documentElement.classList.contains("live")`);
  });
  afterAll(() => tab.close());

  test("complains of nothing and asks for nothing but its own script", () => {
    expect(tab.complaints).toEqual([]);
    expect(tab.requests.filter((url) => !url.startsWith("data:"))).toEqual([
      `file://${join(folder, file)}`,
      `file://${join(folder, "search.js")}`,
    ]);
  });

  test("fits windows from 320 to 1280 pixels, folded and open", async () => {
    for (const isOpen of [false, true]) {
      if (isOpen) await tab.evaluate(UNFOLD);
      for (const width of [320, 400, 840, 1000, 1220, 1280]) {
        await tab.show({ width, scheme: "light" });
        expect({ width, isOpen, beyond: await tab.evaluate(OVERFLOW) }).toEqual({ width, isOpen, beyond: [] });
      }
    }
  });

  test("has enough contrast in both schemes", async () => {
    for (const scheme of SCHEMES) {
      await tab.show({ width: 1280, scheme });
      const isDark = await tab.evaluate(`getComputedStyle(document.body).backgroundColor === "rgb(16, 20, 26)"`);
      expect(isDark).toBe(scheme === "dark");
      const texts = await tab.evaluate<Looked>(TEXTS);
      expect(texts.found).toEqual([]);
      expect(texts.seen).toBeGreaterThan(20);
      expect((await tab.evaluate<Looked>(MARKS)).found).toEqual([]);
      expect(await tab.evaluate(SPILLED)).toMatchObject({ found: [] });
    }
  });

  test("is accessible by axe, wide and narrow, in both schemes", async () => {
    await tab.evaluate(UNFOLD);
    for (const width of [1280, 400]) {
      for (const scheme of SCHEMES) {
        await tab.show({ width, scheme });
        const { violations, passes } = await axe(tab, scheme === "light" ? "all" : "colours");
        expect({ width, scheme, violations }).toEqual({ width, scheme, violations: [] });
        expect(passes).toBeGreaterThan(scheme === "light" ? 20 : 0);
      }
    }
  });
});

test("the page of sixty things in one environment fits, and has enough contrast", async () => {
  const tab = await open("environments/local.html", { width: 400, scheme: "dark" });
  await tab.evaluate(UNFOLD);
  expect(await tab.evaluate(OVERFLOW)).toEqual([]);
  for (const scheme of SCHEMES) {
    await tab.show({ width: 1280, scheme });
    expect((await tab.evaluate<Looked>(TEXTS)).found).toEqual([]);
    const marks = await tab.evaluate<Looked>(MARKS);
    expect(marks.found).toEqual([]);
    expect(marks.seen).toBeGreaterThan(60);
    expect(await tab.evaluate(SPILLED)).toMatchObject({ found: [] });
  }
});

test("axe finds what is planted: a picture without words, and a text without contrast", async () => {
  const tab = await open(KINDS.home);
  await tab.evaluate(`document.querySelector("main").append(document.createElement("img"))`);
  await tab.evaluate(`document.querySelector("h2").style.color = "#cfd3d8"`);
  expect((await axe(tab)).violations.map((one) => one.split(":")[0])).toEqual(
    expect.arrayContaining(["color-contrast", "image-alt"]),
  );
});

test("a script in a page would be refused, and complained of", async () => {
  const file = "planted.html";
  writeFileSync(
    join(folder, file),
    readFileSync(join(folder, KINDS.home), "utf8").replace("</body>", "<script>window.ran = 1</script></body>"),
  );
  const tab = await open(file);
  rmSync(join(folder, file));
  expect(await tab.evaluate("window.ran ?? null")).toBeNull();
  expect(tab.complaints.join()).toContain("Content Security Policy");
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

test.each([
  [STAGING, 1280],
  [STAGING, 400],
  [KINDS.service, 1280],
  [KINDS.home, 400],
])(
  "the keyboard reaches every control of %s at %d pixels, in its order, and shows where it is",
  async (file, width) => {
    const tab = await open(file, { width, scheme: "light" });
    await tab.until(`document.documentElement.classList.contains("live")`);
    const count = await tab.evaluate<number>(CONTROLS);
    expect(count).toBeGreaterThan(20);
    for (let place = 0; place < count; place++) {
      await tab.press("Tab");
      expect(await tab.evaluate(FOCUS)).toEqual({ place, seen: true });
    }
  },
);

test("the first key leads past the bar, and Enter opens what is folded", async () => {
  const tab = await open(STAGING);
  await tab.press("Tab");
  await tab.press("Enter");
  await tab.press("Tab");
  expect(await tab.evaluate(`document.activeElement.closest("main") !== null`)).toBe(true);
  await tab.evaluate(`document.querySelector("summary").focus()`);
  await tab.press("Enter");
  expect(await tab.evaluate(`document.querySelector("details").open`)).toBe(true);
});

test("who listens on a phone hears tables with heads and cells, and landmarks by their names", async () => {
  const tab = await open(STAGING, { width: 400, scheme: "light" });
  const heard = await tab.heard();
  const names = (role: string): string[] => heard.filter((one) => one.role === role).map(({ name }) => name);
  expect(names("table")).toContain("Workloads of my-app");
  expect(names("rowheader")).toContain("backend");
  expect(names("columnheader")).toContain("Image");
  expect(names("cell")).toContain("php-fpm");
  expect(names("heading")).toContain("Application my-app");
  expect(names("navigation")).toEqual(["Portal", "On this page"]);
  expect(names("banner")).toHaveLength(1);
  expect(names("main")).toHaveLength(1);
  expect(heard.filter(({ name }) => name.startsWith("Who needs whom in my-app. The table"))).toHaveLength(1);
  expect(names("link").filter((name) => name.startsWith("Runbook of "))).toContain("Runbook of HighErrorRate");
});

describe("the search", () => {
  const OPTIONS = `[...document.querySelectorAll(".results a")].map((one) => one.querySelector("b").textContent)`;
  const CHOSEN = `document.querySelector('.results a[aria-selected="true"] b').textContent`;

  /** A page with the search open and something typed. */
  async function asking(text: string, file: string = KINDS.home): Promise<Tab> {
    const tab = await open(file);
    await tab.until(`document.documentElement.classList.contains("live")`);
    await tab.type("/");
    expect(await tab.evaluate("document.activeElement.id")).toBe("search");
    await tab.type(text);
    await tab.until(`!document.querySelector(".results").hidden`);
    return tab;
  }

  test("is reached by a slash, finds by beginnings of words, in groups, and Enter opens the page", async () => {
    const tab = await asking("orders", KINDS.runbook);
    expect(await tab.evaluate<string[]>(OPTIONS)).toContain("orders-db");
    expect(await tab.evaluate(CHOSEN)).toBe("orders-db");
    expect(await tab.evaluate(`document.querySelector(".results [role=group]").getAttribute("aria-label")`)).toBe(
      "Data services",
    );
    await tab.press("Enter");
    await tab.until(`location.pathname.endsWith("/data/my-app/orders-db.html")`);
    await tab.until(`document.querySelector("h1")?.textContent === "orders-db"`);
    expect(tab.complaints).toEqual([]);
  });

  test.each([
    ["lindq", "Teams"],
    ["HighErr", "Alerts"],
    ["error rate", "Alerts"],
    ["staging.example", "Hosts"],
    ["staging", "Environments"],
    ["mysql 8", "Data services"],
    ["my-app/backend", "APIs"],
    ["traefik", "Versions"],
  ])("finds %s in %s", async (text, group) => {
    const tab = await asking(text);
    const groups = `[...document.querySelectorAll(".results [role=group]")].map((one) => one.getAttribute("aria-label"))`;
    expect(await tab.evaluate<string[]>(groups)).toContain(group);
  });

  test("goes by the arrows around all that is found, tells which one, and closes by Escape", async () => {
    const tab = await asking("back");
    const all = await tab.evaluate<string[]>(OPTIONS);
    expect(all.length).toBeGreaterThan(1);
    await tab.press("ArrowDown");
    expect(await tab.evaluate(CHOSEN)).toBe(all[1]);
    expect(
      await tab.evaluate(
        `document.getElementById(document.activeElement.getAttribute("aria-activedescendant")).ariaSelected`,
      ),
    ).toBe("true");
    await tab.press("ArrowUp");
    await tab.press("ArrowUp");
    expect(await tab.evaluate(CHOSEN)).toBe(all.at(-1));
    expect(await tab.evaluate(`document.querySelector("[role=status]").textContent`)).toMatch(/^\d+ found/);
    expect((await axe(tab)).violations).toEqual([]);
    await tab.press("Escape");
    expect(await tab.evaluate(`document.querySelector(".results").hidden`)).toBe(true);
    expect(await tab.evaluate(`document.activeElement.getAttribute("aria-expanded")`)).toBe("false");
  });

  test("says so where there is nothing, and shows markup as a text", async () => {
    const tab = await asking("<img src=x onerror=alert(1)>");
    expect(await tab.evaluate(`document.querySelector(".results").textContent`)).toBe("Nothing of this name");
    expect(await tab.evaluate(`document.querySelectorAll(".results img").length`)).toBe(0);
    expect(tab.complaints).toEqual([]);
  });

  test("fits a phone", async () => {
    const tab = await open(KINDS.home, { width: 400, scheme: "dark" });
    await tab.until(`document.documentElement.classList.contains("live")`);
    await tab.evaluate(`document.getElementById("search").focus()`);
    await tab.type("s");
    await tab.until(`!document.querySelector(".results").hidden`);
    expect(await tab.evaluate(OVERFLOW)).toEqual([]);
    expect((await axe(tab)).violations).toEqual([]);
  });
});
