import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { waitUntil } from "../real/support/program";
import { api, apply, KUBECONFIG, KUBECTL, kubectl, must } from "./support/cluster";
import { ContainerLogs } from "./support/container-logs";
import { type Chart, chartOf } from "./support/helm";
import { told } from "./support/kubelet-kinds";
import { withTag } from "./support/rendered";
import { programs } from "./support/rollback";
import { FAILS, NEVER_READY } from "./support/stages";

/*
 * `goldenpath run` against a control plane: what it makes, when it begins, how it ends. Kubelets are kwok's, so the command itself is not run:
 * its lines and its end are told by this test.
 */

const SUITE = "tasks";
const ROOT = join(__dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "goldenpath-run-test-"));
const path = programs(folder, { kubectl: KUBECTL });
const logs = new ContainerLogs(folder);
const lines: string[] = [];
let chart: Chart;
let namespace = "";

beforeAll(async () => {
  chart = chartOf(SUITE, (one) => ({ ...one, release: "terraform" }));
  namespace = chart.namespace("staging");
  must(await apply([...chart.prepared("staging"), ...chart.released("staging").filter(({ kind }) => kind !== "Job")]));
  logs.follow("my-app-backend", "backend", () => lines.map((one) => `${one}\n`).join(""));
  const [kept] = logs.all;
  const spec = {
    selector: { matchNamespaces: [namespace] },
    logs: [{ containers: ["backend"], logsFile: kept?.file, follow: true }],
  };
  await api.post(...told("ClusterLogs", { name: namespace }, spec));
});
afterAll(() => {
  logs.stop();
  chart.remove();
  rmSync(folder, { recursive: true });
});

interface Running {
  readonly child: ChildProcess;
  readonly said: { stdout: string; stderr: string };
  readonly code: Promise<number | null>;
}

function start(args: readonly string[], { config = KUBECONFIG, bin = path } = {}): Running {
  const program = ["scripts/run.mjs", "__tests__/cluster/support/rollback-program.ts", SUITE, "terraform", "run"];
  const child = spawn(process.execPath, [...program, ...args], {
    cwd: ROOT,
    env: { PATH: `${bin}:${process.env["PATH"] ?? ""}`, HOME: path, KUBECONFIG: config },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { stdout: "", stderr: "" };
  child.stdout.on("data", (data: Buffer) => (said.stdout += data.toString()));
  child.stderr.on("data", (data: Buffer) => (said.stderr += data.toString()));
  return { child, said, code: new Promise((resolve) => child.once("close", resolve)) };
}

const context = async (): Promise<string> => must(await kubectl(["config", "current-context"])).trim();

const run = async (command: readonly string[], more: readonly string[] = []): Promise<Running> =>
  start(["staging", "backend", "--context", await context(), ...more, "--", ...command]);

/** Name of the Job of a running command, once it has begun. */
async function begun(running: Running): Promise<string> {
  const details = (): string => running.said.stdout + running.said.stderr;
  await waitUntil("it runs", () => /runs like/.test(details()) || running.child.exitCode !== null, {
    ...{ details, seconds: 90 },
  });
  const name = /(my-app-\S+) runs like/.exec(running.said.stderr)?.[1];
  if (name === undefined) throw new Error(details());
  return name;
}

const job = (name: string) => api.get(`/apis/batch/v1/namespaces/${namespace}/jobs/${name}`);
const jobs = () => api.list(`/apis/batch/v1/namespaces/${namespace}/jobs?labelSelector=goldenpath/session`);

/** The workload's pods, with another tag of its image. */
const tagged = async (tag: string): Promise<void> => {
  const [found] = chart
    .released("staging")
    .filter(({ kind, metadata }) => kind === "Deployment" && metadata.name === "my-app-backend");
  if (found === undefined) throw new Error("no backend");
  must(await apply([withTag(found, tag)]));
};

test("a command is run by the pods' template of now, and ends with 0 when it does", async () => {
  lines.push("cleared");
  await tagged("v1.2.4");
  const running = await run(["php", "bin/console", "cache:clear", "--env=prod"], ["--reason", "the cache is stale"]);
  const name = await begun(running);
  expect([await running.code, running.said.stderr.includes("failed")]).toEqual([0, false]);
  expect(running.said.stdout).toBe("cleared\n");
  const made = await job(name);
  const [container] = made.spec.template.spec.containers;
  expect(container.image).toMatch(/:v1\.2\.4$/);
  expect(container.command).toEqual(["php", "bin/console", "cache:clear", "--env=prod"]);
  expect(made.metadata.annotations).toMatchObject({ "goldenpath/session-reason": "the cache is stale" });
  expect(made.status.succeeded).toBe(1);
}, 120_000);

test("it begins when its ways through the network are there, which go with it", async () => {
  const [made] = await jobs();
  const name = String(made?.metadata.name);
  const all = await api.list(`/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies`);
  const own = all.filter(({ metadata }) => metadata.labels?.["goldenpath/session"] === name);
  expect(own.length).toBeGreaterThan(1);
  const start = Date.parse(String((await job(name)).status.startTime));
  for (const { metadata } of own) expect(Date.parse(String(metadata["creationTimestamp"]))).toBeLessThanOrEqual(start);
  must(await kubectl(["delete", "job", name, "-n", namespace]));
  await waitUntil("its policies are gone", async () =>
    (await api.list(`/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies`)).every(
      ({ metadata }) => metadata.labels?.["goldenpath/session"] !== name,
    ),
  );
});

test("one that fails is told with its code, and is not tried again", async () => {
  await tagged(FAILS);
  const running = await run(["php", "bin/console", "fail"]);
  const name = await begun(running);
  expect(await running.code).toBe(1);
  expect(running.said.stderr).toMatch(new RegExp(`${name} failed: the command ended with 1\n`));
  const pods = await api.list(`/api/v1/namespaces/${namespace}/pods?labelSelector=goldenpath/session=${name}`);
  expect(pods).toHaveLength(1);
}, 120_000);

test("each line is printed once, also over a connection that breaks; Ctrl-C stops it", async () => {
  await tagged(NEVER_READY);
  lines.length = 0;
  // The first time it follows, the way breaks at once.
  const bin = mkdtempSync(join(folder, "breaking-"));
  const mark = join(bin, "broke");
  writeFileSync(
    join(bin, "kubectl"),
    `#!/bin/sh\ncase "$*" in *--follow*) if [ ! -e ${mark} ]; then : > ${mark}; exec timeout 3 ${KUBECTL} "$@"; fi ;; esac\nexec ${KUBECTL} "$@"\n`,
    { mode: 0o755 },
  );
  const running = start(["staging", "backend", "--context", await context(), "--", "php", "bin/console", "long"], {
    bin,
  });
  const name = await begun(running);
  lines.push("cleared", "one");
  await waitUntil("the first line is there", () => running.said.stdout.includes("one"), { seconds: 30 });
  await waitUntil("the way broke", () => readFileSync(mark, "utf8") === "");
  await new Promise((resolve) => setTimeout(resolve, 4000));
  lines.push("two", "three");
  await waitUntil("the last line is there", () => running.said.stdout.includes("three"), { seconds: 30 });
  expect(running.said.stdout.split("\n").filter((line) => line !== "cleared")).toEqual(["one", "two", "three", ""]);
  running.child.kill("SIGINT");
  expect(await running.code).toBe(1);
  expect(running.said.stderr).toContain(`${name} is told to stop: what it did until now stays done.`);
  expect((await job(name)).spec.activeDeadlineSeconds).toBe(1);
}, 180_000);

test("a terminal that is closed leaves it running, and so does --detach, which says how to follow", async () => {
  const running = await run(["php", "bin/console", "long"]);
  const name = await begun(running);
  running.child.kill("SIGHUP");
  // How it ends is not known.
  expect(await running.code).toBe(1);
  expect((await job(name)).spec.activeDeadlineSeconds).toBe(3600);
  const detached = await run(["php", "bin/console", "long"], ["--detach", "--for", "2h"]);
  const other = await begun(detached);
  expect(await detached.code).toBe(0);
  expect(detached.said.stderr).toContain(`logs job/${other} -n ${namespace} -c backend --follow`);
  expect((await job(other)).status.active).toBe(1);
}, 120_000);

test("what cannot be made leaves nothing: a workload that is not there, rights that are missing, a quota without room", async () => {
  for (const { metadata } of await jobs())
    must(await kubectl(["delete", "job", String(metadata.name), "-n", namespace]));
  const config = JSON.parse(readFileSync(KUBECONFIG, "utf8")) as { users: { user: object }[] };
  const file = join(folder, "maja.json");
  const users = config.users.map((one) => ({ ...one, user: { ...one.user, as: "maja@example.com" } }));
  writeFileSync(file, JSON.stringify({ ...config, users }));
  const without = start(["staging", "backend", "--context", await context(), "--", "true"], { config: file });
  expect(await without.code).toBe(1);
  expect(without.said.stderr).toContain(`maja@example.com may not run a command in ${namespace}:`);
  const full = {
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata: { name: "full", namespace },
    spec: { hard: { "requests.cpu": "1m" } },
  };
  must(await apply([full]));
  const crowded = await run(["true"]);
  expect(await crowded.code).toBe(1);
  expect(crowded.said.stderr).toMatch(/the cluster makes no pod .*exceeded quota: full/);
  must(await kubectl(["delete", "resourcequota", "full", "-n", namespace]));
  must(await kubectl(["delete", "deployment", "my-app-backend", "-n", namespace]));
  const absent = await run(["true"]);
  expect(await absent.code).toBe(1);
  expect(absent.said.stderr).toContain("backend is not deployed: there is no deployments.apps my-app-backend");
  await waitUntil("none is left that could begin", async () =>
    (await jobs()).every(({ spec, status }) => spec.activeDeadlineSeconds === 1 || status.succeeded === 1),
  );
}, 120_000);
