import { wanted } from "../../../cli/connect/asked";
import { formatProblem, InvalidInput } from "../../../constructs/model/problem";
import type { SessionTarget } from "../../../constructs/sessions/target";
import type { Reached } from "../../../constructs/sessions/targets";

/* What a command line of `goldenpath connect` may ask for. */

const target = (name: string, isData: boolean): SessionTarget => ({
  ...{ name, isData, what: name, namespace: "my-app", prefix: "my-app", labels: {}, image: "nginx", pullSecrets: [] },
  ...{ address: { variable: "X" }, port: 3306, endpoints: [] },
});
const TARGETS: readonly Reached[] = [
  target("orders-db", true),
  target("backend", false),
  { name: "uploads", why: "a bucket has no address that a connection leads to", fix: "use the tool of its cloud" },
];
const STAGING = { name: "staging", protect: false };
const PRODUCTION = { name: "production", protect: true };
const REASON = "INC-1042: orders are missing";

type Given = Parameters<typeof wanted>[0];

function problems(given: Partial<Given>, environment = STAGING): string[] {
  try {
    wanted({ target: "orders-db", brokenGlass: false, ...given }, TARGETS, environment);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return error.problems.map((problem) => formatProblem(problem));
  }
}

test("an hour is what a session lasts, and hours and minutes may be said", () => {
  const seconds = (text?: string) =>
    wanted({ target: "backend", brokenGlass: false, ...(text !== undefined && { for: text }) }, TARGETS, STAGING)
      .seconds;
  expect([seconds(), seconds("1m"), seconds("90m"), seconds("8h")]).toEqual([3600, 60, 5400, 28_800]);
});

test.each(["0m", "9h", "1d", "m", "-5m", "481m", "1h30m", "٣m", "1 h"])("%s is no time for it", (text) => {
  expect(problems({ for: text })).toEqual([expect.stringMatching(/^arguments\.for: .*use 1m to 8h/)]);
});

test("data of a protected environment takes breaking the glass, with a reason, for two hours at most", () => {
  expect(problems({}, PRODUCTION)).toEqual([
    expect.stringContaining("--break-glass with --reason"),
    expect.stringContaining("arguments.reason: production is protected"),
  ]);
  expect(problems({ brokenGlass: true, reason: REASON, for: "3h" }, PRODUCTION)).toEqual([
    expect.stringContaining("use 1m to 2h"),
  ]);
  expect(problems({ brokenGlass: true, reason: REASON }, PRODUCTION)).toEqual([]);
});

test("where no alert would tell of it, there is no glass to be broken", () => {
  const broken = { brokenGlass: true, reason: REASON };
  expect(problems({ ...broken, target: "backend" }, PRODUCTION)).toEqual([
    "arguments.break-glass: no data comes out of backend; leave it out",
  ]);
  expect(problems(broken)).toEqual([
    "arguments.break-glass: staging is not protected, and no alert would tell of it; leave it out",
  ]);
});

test("a program of a protected environment takes a reason alone", () => {
  expect(problems({ target: "backend", reason: REASON }, PRODUCTION)).toEqual([]);
  expect(problems({ target: "backend" }, PRODUCTION)).toHaveLength(1);
});

test.each([
  "short",
  "oneverylongwordalone",
  " ".repeat(20),
  `a line\nand another one`,
  `x ${"y".repeat(300)}`,
  "an \u001b[31m escape of a terminal",
])("%j is no reason", (reason) => {
  expect(problems({ reason })).toEqual([expect.stringContaining("arguments.reason")]);
});

test("everything that is wrong is said at once", () => {
  expect(problems({ target: "order-db", for: "9h", port: "70000", brokenGlass: true })).toEqual([
    expect.stringContaining('did you mean "orders-db"'),
    expect.stringContaining("use 1m to 2h"),
    expect.stringContaining("1 to 65535"),
    expect.stringContaining("without one"),
  ]);
});

test("what nobody is led to is known by its name, with what to do instead", () => {
  expect(problems({ target: "uploads" })).toEqual([
    expect.stringMatching(/uploads.*no address that a connection leads to.*use the tool of its cloud/),
  ]);
});
