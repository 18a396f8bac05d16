import { wantedTask } from "../../../cli/run/asked";
import { loadEnvironments } from "../../../constructs/model/load";
import { formatProblem, InvalidInput } from "../../../constructs/model/problem";
import { environments } from "../../../environments";

/* What a command line of `goldenpath run` may ask for. */

const [application] = loadEnvironments(environments).find(({ name }) => name === "staging")?.applications ?? [];
if (application === undefined) throw new Error("no application");

const STAGING = { name: "staging", protect: false };
const PRODUCTION = { name: "production", protect: true };
const REASON = "INC-1042: orders are missing";

type Given = Parameters<typeof wantedTask>[0];

const wanted = (given: Partial<Given>, environment = STAGING) =>
  wantedTask({ workload: "backend", command: ["php", "-v"], brokenGlass: false, ...given }, application, environment);

function problems(given: Partial<Given>, environment = STAGING): string[] {
  try {
    wanted(given, environment);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return error.problems.map((problem) => formatProblem(problem));
  }
}

test("a task is like its workload: its container, its selector, and by what its pods are made", () => {
  expect(wanted({})).toMatchObject({
    ...{ container: "backend", selector: { app: "my-app-backend" }, sidecars: [], onSameNode: false, seconds: 3600 },
    target: { name: "backend", namespace: "my-app-staging" },
    madeBy: { kind: "deployments.apps", name: "my-app-backend" },
  });
  expect(wanted({ for: "24h" }).seconds).toBe(86_400);
});

test("a workload that is none, and one of each release, are refused with those that there are", () => {
  expect(problems({ workload: "backnd" })).toEqual([
    expect.stringMatching(/^arguments: got "backnd", no such workload; use .*"backend".*did you mean "backend"/),
  ]);
  expect(problems({ workload: "migrate" })).toEqual([expect.stringContaining("it runs with each release")]);
});

test("everything that is wrong is said at once", () => {
  expect(problems({ workload: "x", for: "25h", command: ["a\0b"], reason: "no", brokenGlass: true })).toEqual([
    expect.stringContaining("no such workload"),
    expect.stringMatching(/^arguments\.command\[0\]: .*NUL/),
    expect.stringMatching(/^arguments\.for: got "25h".*1m to 24h/),
    expect.stringContaining("staging is not protected"),
    expect.stringContaining("say why in some words"),
  ]);
});

test("a protected environment takes breaking the glass, with a reason", () => {
  expect(problems({}, PRODUCTION)).toEqual([
    expect.stringMatching(/production is protected, and a command has all.*--break-glass with --reason.*as a cron/),
    expect.stringContaining("arguments.reason: production is protected"),
  ]);
  expect(problems({ brokenGlass: true, reason: REASON }, PRODUCTION)).toEqual([]);
});
