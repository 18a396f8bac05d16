import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, connect as dial, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { NetworkPolicy } from "../../constructs/kubernetes/objects";
import { RELAY_PORT } from "../../constructs/sessions/relay";
import { waitUntil } from "../real/support/program";
import { reaches } from "../support/reachability";
import { api, apply, KUBECONFIG, KUBECTL, kubectl, must } from "./support/cluster";
import { type Chart, chartOf } from "./support/helm";
import { told } from "./support/kubelet-kinds";
import { programs } from "./support/rollback";

/*
 * `goldenpath connect` against a control plane: what it makes, who may, how it ends. Connections come to an echo of this test's, as
 * kwok's kubelets are told; the relay itself is run by `real/sessions`.
 */

const SUITE = "sessions";
const ROOT = join(__dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "goldenpath-connect-test-"));
const path = programs(folder, { kubectl: KUBECTL });
let chart: Chart;
let namespace = "";
let echo: Server;

beforeAll(async () => {
  chart = chartOf(SUITE, (one) => ({ ...one, release: "terraform" }));
  namespace = chart.namespace("staging");
  must(await apply([...chart.prepared("staging"), ...chart.released("staging").filter(({ kind }) => kind !== "Job")]));
  echo = createServer((socket) => socket.pipe(socket));
  await new Promise<void>((resolve) => echo.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  echo.close();
  chart.remove();
  rmSync(folder, { recursive: true });
});

interface Running {
  readonly child: ChildProcess;
  readonly said: { stdout: string; stderr: string };
  readonly code: Promise<number | null>;
}

/** Starts `goldenpath connect` as somebody, by a file of `kubectl` of theirs. */
function start(args: readonly string[], { config = KUBECONFIG, detached = false, bin = path } = {}): Running {
  const program = ["scripts/run.mjs", "__tests__/cluster/support/rollback-program.ts", SUITE, "terraform", "connect"];
  const env = { PATH: `${bin}:${process.env["PATH"] ?? ""}`, HOME: path, KUBECONFIG: config };
  const child = spawn(process.execPath, [...program, ...args], {
    cwd: ROOT,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    detached,
  });
  const said = { stdout: "", stderr: "" };
  child.stdout.on("data", (data: Buffer) => (said.stdout += data.toString()));
  child.stderr.on("data", (data: Buffer) => (said.stderr += data.toString()));
  return { child, said, code: new Promise((resolve) => child.once("close", resolve)) };
}

const context = async (): Promise<string> => must(await kubectl(["config", "current-context"])).trim();

/** Waits until it is open. */
async function open(running: Running): Promise<{ readonly port: number; readonly name: string }> {
  const details = (): string => running.said.stdout + running.said.stderr;
  await waitUntil("the session is open", () => /Ctrl-C ends it/.test(details()) || running.child.exitCode !== null, {
    ...{ details, seconds: 90 },
  });
  const port = /127\.0\.0\.1:(\d+) leads/.exec(running.said.stdout)?.[1];
  const name = /Session (\S+) in/.exec(running.said.stdout)?.[1];
  if (port === undefined || name === undefined) throw new Error(details());
  return { port: Number(port), name };
}

const job = (name: string) => api.get(`/apis/batch/v1/namespaces/${namespace}/jobs/${name}`);
const conditions = async (name: string): Promise<readonly { readonly type: string; readonly reason?: string }[]> => {
  const { status } = (await job(name)) as {
    readonly status: { readonly conditions?: readonly { readonly type: string; readonly reason?: string }[] };
  };
  return status.conditions ?? [];
};
const podsOf = (name: string) =>
  api.list(`/api/v1/namespaces/${namespace}/pods?labelSelector=goldenpath/session=${name}`);
const policiesOf = (name: string) =>
  api.list(
    `/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies?labelSelector=goldenpath/session=${name}`,
  );

const said = (port: number, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = dial(port, "127.0.0.1", () => socket.write(text));
    socket.setTimeout(20_000, () => socket.destroy(new Error("no answer")));
    socket.once("data", (data) => {
      resolve(data.toString());
      socket.destroy();
    });
    socket.once("error", reject);
  });

/** Who asks, in a context of their own: by impersonation, which RBAC judges as it does those who sign in. */
function configOf(user: string): string {
  const config = JSON.parse(readFileSync(KUBECONFIG, "utf8")) as { users: { user: object }[] };
  const file = join(folder, `${user}.json`);
  const users = config.users.map((one) => ({ ...one, user: { ...one.user, as: user } }));
  writeFileSync(file, JSON.stringify({ ...config, users }));
  return file;
}

let first: Awaited<ReturnType<typeof open>>;

test("a session leads to a database, says who and why, and ends with whoever opened it", async () => {
  const reason = 'orders of "today" are missing';
  const running = start(["staging", "orders-db", "--context", await context(), "--reason", reason, "--for", "20m"]);
  first = await open(running);
  expect(running.said.stdout).toContain(`leads to orders-db of staging (mysql of my-app) until 2`);
  const made = await job(first.name);
  expect(made.metadata.annotations).toMatchObject({
    "goldenpath/session-target": "orders-db",
    "goldenpath/session-reason": reason,
    "goldenpath/session-who": expect.stringMatching(/\S/) as string,
  });
  expect([made.spec.activeDeadlineSeconds, made.spec.ttlSecondsAfterFinished]).toEqual([1200, 7 * 24 * 3600]);
  const [pod] = await podsOf(first.name);
  const forwards = [
    { ports: [RELAY_PORT], target: { address: "127.0.0.1", port: (echo.address() as { port: number }).port } },
  ];
  await api.post(...told("PortForward", { name: String(pod.metadata.name), namespace }, { forwards }));
  await waitUntil("kwok knows the way", async () => (await said(first.port, "in").catch(() => "")) === "in");
  running.child.kill("SIGINT");
  expect(await running.code).toBe(0);
  expect(running.said.stdout).toContain(`${first.name} has ended.`);
  await waitUntil("its pod is gone", async () =>
    (await podsOf(first.name)).every(
      ({ metadata, status }) => metadata.deletionTimestamp !== undefined || status.phase === "Failed",
    ),
  );
  await expect(said(first.port, "in")).rejects.toThrow();
});

test("what was known of it stays, and its ways through the network go with it", async () => {
  await waitUntil("the Job has ended", async () =>
    (await conditions(first.name)).some(({ type }) => type === "Failed"),
  );
  expect((await job(first.name)).metadata.annotations["goldenpath/session-who"]).toMatch(/\S/);
  expect((await policiesOf(first.name)).length).toBeGreaterThan(0);
  must(await kubectl(["delete", "job", first.name, "-n", namespace]));
  await waitUntil("its policies are gone", async () => (await policiesOf(first.name)).length === 0);
});

test("an interrupt ends it however far it has come, and one whose reader is gone too", async () => {
  const made = async (): Promise<string | undefined> => {
    const jobs = await api.list(`/apis/batch/v1/namespaces/${namespace}/jobs?labelSelector=goldenpath/session`);
    const open = jobs.filter(({ spec }) => spec.activeDeadlineSeconds === 1500);
    return open[0]?.metadata.name as string | undefined;
  };
  // Its answers to what is made come late: Ctrl-C of a terminal reaches every program of the group meanwhile.
  const slow = mkdtempSync(join(folder, "slow-"));
  const script = `#!/bin/sh\nsaid=$(${KUBECTL} "$@") || exit\ncase "$*" in *create*) sleep 3 ;; esac\nprintf '%s\\n' "$said"\n`;
  writeFileSync(join(slow, "kubectl"), script, { mode: 0o755 });
  const running = start(["staging", "backend", "--context", await context(), "--for", "25m"], {
    ...{ bin: slow, detached: true },
  });
  const { pid } = running.child;
  if (pid === undefined) throw new Error("it was not started");
  await waitUntil("the Job is made", async () => (await made()) !== undefined, { seconds: 60 });
  process.kill(-pid, "SIGINT");
  expect(await running.code).toBe(0);
  expect(await made()).toBeUndefined();
  expect(running.said.stderr).toBe("");

  const unread = start(["staging", "backend", "--context", await context(), "--for", "25m"]);
  const { name } = await open(unread);
  unread.child.stdout?.destroy();
  unread.child.stderr?.destroy();
  unread.child.kill("SIGHUP");
  await unread.code;
  expect((await job(name)).spec.activeDeadlineSeconds).toBe(1);
}, 120_000);

test("while it is open the relay reaches its target alone, and nobody reaches the relay", async () => {
  const running = start(["staging", "backend", "--context", await context()]);
  const { name } = await open(running);
  const policies = await api.list(`/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies`);
  const [pod] = await podsOf(name);
  const relay = { namespace, labels: pod.metadata.labels };
  const of = (app: string) => ({ namespace, labels: { app: `my-app-${app}` } });
  const objects = policies.map((one) => ({ ...(one as NetworkPolicy), kind: "NetworkPolicy" as const }));
  const can = (from: typeof relay, to: typeof relay, port: number) => reaches(objects, { from, to, port });
  expect({
    backend: can(relay, of("backend"), 8080),
    fastCgi: can(relay, of("backend"), 9000),
    frontend: can(relay, of("frontend"), 3000),
    back: can(of("backend"), relay, RELAY_PORT),
    other: can({ namespace: "other", labels: relay.labels }, of("backend"), 8080),
  }).toEqual({ backend: true, fastCgi: false, frontend: false, back: false, other: false });
  running.child.kill("SIGTERM");
  expect(await running.code).toBe(0);
});

test("whoever may not is told what is missing, and nothing is made", async () => {
  const running = start(["staging", "orders-db", "--context", await context()], {
    config: configOf("maja@example.com"),
  });
  expect(await running.code).toBe(1);
  expect(running.said.stderr).toContain(`maja@example.com may not open a session in ${namespace}:`);
  expect(running.said.stderr).toContain("create pods/portforward");
  expect(running.said.stderr).toContain("access.administrators");
  expect(running.said.stderr).not.toContain("    at ");
});

test("where a quota leaves no room, the cluster's word for it is said, and the session does not stay open", async () => {
  const full = {
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata: { name: "full", namespace },
    spec: { hard: { "requests.cpu": "1m" } },
  };
  must(await apply([full]));
  const running = start(["staging", "backend", "--context", await context()]);
  expect(await running.code).toBe(1);
  expect(running.said.stderr).toMatch(/the cluster makes no pod for the session: .*exceeded quota: full/);
  must(await kubectl(["delete", "resourcequota", "full", "-n", namespace]));
});

test("when its time is over the cluster ends it, though nobody on the machine does", async () => {
  const running = start(["staging", "cache", "--context", await context(), "--for", "1m"]);
  const { name } = await open(running);
  running.child.kill("SIGSTOP");
  await waitUntil(
    "the cluster ends it",
    async () => (await conditions(name)).some(({ reason }) => reason === "DeadlineExceeded"),
    { seconds: 100 },
  );
  running.child.kill("SIGCONT");
  expect(await running.code).toBe(0);
  expect(running.said.stdout).toContain("is over. Ask again for another.");
}, 180_000);
