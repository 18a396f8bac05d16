import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EnvironmentSpec } from "../../constructs/environment";
import { InvalidInput } from "../../constructs/model/problem";
import { pageFacts } from "../../stacks/page-facts";
import { writePages } from "../../stacks/write-pages";
import { environmentOf, measured, ON, rowsOf, textOf } from "../support/pages";

/* A folder of pages, and what becomes of it edit after edit. */

let folder = "";
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "goldenpath-pages-")), "pages");
});
afterEach(() => {
  rmSync(join(folder, ".."), { recursive: true });
});

/** What changed, as `goldenpath page` says it. */
function run(environments: readonly EnvironmentSpec[], names: readonly string[] = []): string[] {
  const facts = pageFacts({ environments, names, on: ON });
  const found = writePages({ folder, environments: environments.map(({ name }) => name), facts, on: ON });
  return found.map(({ file, text }) => `${text === undefined ? "removed" : "wrote"} ${file}`);
}

const read = (file: string): string => readFileSync(join(folder, file), "utf8");
const local = environmentOf("local");
const staging = environmentOf("staging");
const index = (): string[][] => rowsOf(read("index.html"), "All environments");

function mistakes(act: () => unknown): string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof InvalidInput) return error.message.split("\n");
    throw error;
  }
  return [];
}

/** Another image and one more need of the frontend, as somebody edits it. */
const edited: EnvironmentSpec = {
  ...staging,
  applications: staging.applications.map((overlay) => ({
    ...overlay,
    workloads: {
      ...overlay.workloads,
      frontend: { image: "registry.example.com/frontend:v1.3.0", autoscaling: false },
    },
  })),
};

test("an edit changes the page of its environment and no other, and going back brings the same bytes", () => {
  expect(run([local, staging])).toEqual([
    "wrote environments/local.html",
    "wrote environments/staging.html",
    "wrote index.html",
  ]);
  const before = read("environments/staging.html");
  expect(run([local, staging])).toEqual([]);
  expect(run([local, edited])).toEqual(["wrote environments/staging.html"]);
  const [, frontend] = rowsOf(read("environments/staging.html"), "Workloads of my-app");
  expect(frontend?.slice(0, 4)).toEqual(["frontend", "http", "registry.example.com/frontend:v1.3.0", "2"]);
  expect(run([local, staging])).toEqual(["wrote environments/staging.html"]);
  expect(read("environments/staging.html")).toBe(before);
});

test("observability turned on brings alerts and secrets to the page, and off takes them away", () => {
  run([staging]);
  const before = read("environments/staging.html");
  expect(run([measured(staging)])).toEqual(["wrote environments/staging.html", "wrote index.html"]);
  expect(textOf(read("environments/staging.html"))).toContain("HighErrorRate");
  expect(index()[0]?.[3]).toMatch(/my-app \/ 6 workloads, 4 data services, \d\d alerts/);
  run([staging]);
  expect(read("environments/staging.html")).toBe(before);
});

test("the page of an environment that is renamed or gone goes, and what somebody else wrote stays", () => {
  run([local, staging]);
  writeFileSync(join(folder, "environments", "notes.html"), "<p>ours</p>\n");
  writeFileSync(join(folder, "style.css"), "");
  expect(run([local])).toEqual(["wrote index.html", "removed environments/staging.html"]);
  expect(readdirSync(join(folder, "environments"))).toEqual(["local.html", "notes.html"]);
  expect(existsSync(join(folder, "style.css"))).toBe(true);
  expect(index().map(([name]) => name)).toEqual(["local"]);
});

test("one environment's page alone: all others stay, and the list says which are there", () => {
  run([staging]);
  expect(run([local, staging], ["local"])).toEqual(["wrote environments/local.html", "wrote index.html"]);
  expect(index().map(([name, where]) => [name, where])).toEqual([
    ["local", "Local cluster, this machine"],
    ["staging", "its page was written by an earlier run"],
  ]);
  rmSync(join(folder, "environments", "staging.html"));
  run([local, staging], ["local"]);
  expect(index()[1]?.slice(0, 2)).toEqual(["staging", "no page yet: goldenpath page staging"]);
  expect(read("index.html")).not.toContain("environments/staging.html");
});

test("a file that is no page of this program is never overwritten, and nothing else is written then", () => {
  mkdirSync(folder);
  writeFileSync(join(folder, "index.html"), "<h1>Our site</h1>\n");
  expect(mistakes(() => run([local]))).toEqual([
    `["${folder}/index.html"]: is no page of goldenpath, and would be overwritten; remove or rename it, or name another folder with --folder`,
  ]);
  expect(readdirSync(folder)).toEqual(["index.html"]);
  expect(read("index.html")).toBe("<h1>Our site</h1>\n");
});

test("a file where a folder belongs, and a folder where a page belongs, are named", () => {
  writeFileSync(folder, "");
  expect(mistakes(() => run([local]))).toEqual([expect.stringContaining("is a file, and a folder belongs there")]);
  rmSync(folder);
  mkdirSync(join(folder, "environments", "local.html"), { recursive: true });
  expect(mistakes(() => run([local]))).toEqual([expect.stringContaining("is a folder, and a file belongs there")]);
  expect(readdirSync(folder)).toEqual(["environments"]);
});

test("an environment that is not there is a mistake of the command line", () => {
  expect(mistakes(() => run([local], ["lokal"]))).toEqual([
    'arguments: got "lokal", no such environment; use "local" (did you mean "local"?)',
  ]);
  expect(existsSync(folder)).toBe(false);
});

test("a mistake in the input stops everything; one in an environment that nobody asked for does not", () => {
  const broken = { ...staging, contact: "" };
  expect(mistakes(() => run([local, broken]))[0]).toContain("environments.staging.contact");
  expect(existsSync(folder)).toBe(false);
  const written = jest.spyOn(process.stderr, "write").mockImplementation(() => true);
  expect(run([local, broken], ["local"])).toEqual(["wrote environments/local.html", "wrote index.html"]);
  expect(written.mock.calls.join("")).toContain("environments.staging");
  written.mockRestore();
});
