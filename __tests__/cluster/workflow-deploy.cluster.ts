import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname } from "node:path";
import { workflowVariants } from "../../scripts/workflows/variants";
import { type ParsedJob, workflowIn } from "../support/workflows/parse";
import { type Ran, runStep } from "../support/workflows/run-step";
import { apply, KUBECONFIG, KUBECTL, must } from "./support/cluster";
import { type Chart, chartOf, helm, helmProgram } from "./support/helm";
import { all, imagesIn } from "./support/release-story";
import { FAILS, NEVER_READY } from "./support/stages";

/*
 * The deploy of a rendered workflow, its steps run one after the other on a real control plane with Helm 4, which it pins. The tests go on from
 * each other. Each deploy that fails ends with what ran before; each that was cut off ends, run again, with what was meant.
 */

const workflow = workflowIn(workflowVariants().helm[".github/workflows/application-my-app.yml"] ?? "");

function jobOf(): ParsedJob {
  const job = workflow.jobs["deploy-staging"];
  if (job === undefined) throw new Error("no deploy");
  return job;
}

/** Version whose pages do not answer, though its pods are ready. */
const BROKEN = "v3";

let chart: Chart;
let site: Server;
beforeAll(async () => {
  chart = chartOf("workflow");
  writeFileSync(dead, readFileSync(KUBECONFIG, "utf8").replace(/(https:\/\/[^:/"\s]+):\d+/g, "$1:1"));
  must(await apply(chart.prepared("staging")));
  // The page of whatever the control plane says is rolled out.
  site = createServer((_, response) => {
    void images().then(
      (all) => response.writeHead(all["my-app-frontend"] === BROKEN ? 500 : 200).end(),
      () => response.writeHead(502).end(),
    );
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  await new Promise((resolve) => site.close(resolve));
  chart.remove();
  rmSync(dead, { force: true });
});

/** curl, of the page on this machine in place of that of staging, and without the time that a balancer takes. */
const curl = (): string => {
  const { port } = site.address() as AddressInfo;
  return `exec /usr/bin/curl --fail --silent --show-error --output /dev/null "http://127.0.0.1:${port}/"`;
};

/** The control plane's, at a port where nobody listens. */
const dead = `${KUBECONFIG}.dead`;

const namespace = (): string => chart.namespace("staging");
const images = (): Promise<Readonly<Record<string, string>>> => imagesIn(namespace());

interface Deploy {
  /** Tag of every image, in place of that of a commit and a digest. */
  readonly tag: string;
  /** Tags of some. @default - the same */
  readonly own?: Readonly<Partial<Record<"BACKEND" | "FRONTEND" | "NOTIFICATIONS", string>>>;
  /** Seconds after which an upgrade is killed, as a runner that goes away. @default - never */
  readonly cutAfter?: number;
  /** Step in which the API server is not to be reached, after which the job ends. @default - none */
  readonly lostAt?: string;
}

interface Story {
  readonly ran: readonly string[];
  readonly failed: boolean;
  readonly seconds: number;
}

/** Runs the steps that change something, as a runner goes from one to the next. */
async function deploy({ tag, own = {}, cutAfter, lostAt }: Deploy): Promise<Story> {
  const began = Date.now();
  const program = helmProgram(4);
  const cut =
    cutAfter === undefined ? "" : `if [ "$1" = upgrade ]; then exec timeout -s KILL ${cutAfter} ${program} "$@"; fi`;
  const env = {
    ...{ HOME: "/nonexistent", HELM_CACHE_HOME: dirname(KUBECONFIG), KUBECONFIG, GITHUB_SHA: "aaa" },
    ...{ NAMESPACE: namespace(), CHART: chart.folder, BEFORE: "" },
    ...Object.fromEntries(
      (["BACKEND", "FRONTEND", "NOTIFICATIONS"] as const).flatMap((name) => [
        [`${name}_IMAGE`, `ghcr.io/acme/orders/${name.toLowerCase()}`],
        [`${name}_TAG`, own[name] ?? tag],
      ]),
    ),
  };
  const programs = { helm: `${cut}\nexec ${program} "$@"`, kubectl: `exec ${KUBECTL} "$@"`, curl: curl() };
  const ran: string[] = [];
  const step = async (name: string, more: Readonly<Record<string, string>> = {}): Promise<Ran> => {
    const edit = (text: string): string => text.replaceAll(/--timeout \d+m/g, "--timeout 75s");
    const result = await runStep(jobOf(), name, { context: {}, programs, env: { ...env, ...more, ...(name === lostAt && { KUBECONFIG: dead }) }, edit });
    ran.push(`${name}: ${result.status === 0 ? "success" : "failure"}`);
    return result;
  };
  const done = (failed: boolean): Story => ({ ran, failed, seconds: (Date.now() - began) / 1000 });
  const before = await step("Settle what was cut off");
  if (before.status !== 0) return done(true);
  const upgraded = await step("Deploy");
  if (upgraded.status !== 0) return done(true);
  const smoke = await step("Smoke test");
  if (smoke.status === 0) {
    await step("Say that it works");
    return done(false);
  }
  const back = await step("Roll back", { BEFORE: before.outputs.revision ?? "" });
  if (back.status !== 0) return done(true);
  await step("Smoke test of what it went back to");
  await step("Say that what it went back to works");
  return done(true);
}

const statuses = async (): Promise<string[]> => {
  const history = JSON.parse(must(await helm(4, ["history", "my-app", "-n", namespace(), "-o", "json"]))) as {
    readonly status: string;
  }[];
  return history.map(({ status }) => status);
};

test("the first deploy", async () => {
  expect(await deploy({ tag: "v1" })).toMatchObject({ failed: false });
  expect(await images()).toEqual(all("v1"));
});

test("an image that never becomes ready: Helm takes the release back", async () => {
  const { failed, ran, seconds } = await deploy({ tag: "v2", own: { FRONTEND: NEVER_READY } });
  expect([failed, ran]).toEqual([true, ["Settle what was cut off: success", "Deploy: failure"]]);
  expect(await images()).toEqual(all("v1"));
  console.log(`broken image: back after ${seconds.toFixed(0)} s, of which it was waited for 75`);
});

test("a smoke test that fails: the job goes back to the release before", async () => {
  const { failed, ran, seconds } = await deploy({ tag: BROKEN });
  expect([failed, ran.slice(1)]).toEqual([
    true,
    [
      ...["Deploy: success", "Smoke test: failure", "Roll back: success"],
      ...["Smoke test of what it went back to: success", "Say that what it went back to works: success"],
    ],
  ]);
  expect(await images()).toEqual(all("v1"));
  console.log(`failed smoke test: back after ${seconds.toFixed(0)} s`);
});

test("a migration that fails: nothing has changed", async () => {
  const { failed, ran } = await deploy({ tag: "v4", own: { BACKEND: FAILS } });
  expect([failed, ran.at(-1)]).toEqual([true, "Deploy: failure"]);
  expect(await images()).toEqual(all("v1"));
});

test("a runner that goes away half-way: the same deploy, run again, ends where it was meant to", async () => {
  expect(await deploy({ tag: "v5", own: { FRONTEND: NEVER_READY }, cutAfter: 12 })).toMatchObject({ failed: true });
  expect((await statuses()).at(-1)).toMatch(/^pending-/);
  expect(await deploy({ tag: "v5" })).toMatchObject({ failed: false });
  expect(await images()).toEqual(all("v5"));
});

test("a runner that goes away before the smoke test of a release that does not answer: the next goes back to one that did", async () => {
  // As a job that ends between two steps leaves it: rolled out, and nobody has asked for its pages.
  must(
    await helm(4, [
      "upgrade",
      "my-app",
      chart.folder,
      "-n",
      namespace(),
      "--reuse-values",
      "--set-string",
      `workloads.frontend.image.tag=${BROKEN}`,
      "--wait",
      "--timeout",
      "75s",
    ]),
  );
  expect((await images())["my-app-frontend"]).toBe(BROKEN);
  const { ran } = await deploy({ tag: BROKEN });
  expect(ran.slice(1)).toEqual([
    ...["Deploy: success", "Smoke test: failure", "Roll back: success"],
    ...["Smoke test of what it went back to: success", "Say that what it went back to works: success"],
  ]);
  expect(await images()).toEqual(all("v5"));
});

describe.each([
  ["Settle what was cut off", "v6", "v6"],
  ["Deploy", "v7", "v7"],
  ["Say that it works", "v8", "v8"],
  // What it goes back to is what last answered.
  ["Roll back", BROKEN, "v8"],
  ["Say that what it went back to works", BROKEN, "v8"],
])("a connection that is gone at “%s” of %s", (lostAt, tag, ends) => {
  test("fails the job, and the same deploy, run again, ends with what answers", async () => {
    const { ran } = await deploy({ tag, lostAt });
    expect(ran.at(-1)).toBe(`${lostAt}: failure`);
    const again = await deploy({ tag });
    expect([again.failed, await images()]).toEqual([tag === BROKEN, all(ends)]);
  });
});
