import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { asker } from "../../cli/preflight/ask";
import { collect } from "../../cli/sweep/collect";
import { Kubectl } from "../../cli/sweep/kubectl";
import { sweepPreviews } from "../../cli/sweep/sweep";
import { take } from "../../cli/sweep/take";
import type { EnvironmentSpec } from "../../constructs/environment";
import { judge } from "../../constructs/sweep/judge";
import { environments } from "../../environments";
import { literalObjects } from "../../scripts/engine/application-objects";
import { loadPreview } from "../../stacks/preview";
import { loadSweep } from "../../stacks/sweep";
import { stackOf } from "../support/previews";
import type { Block } from "../support/reference";
import { api, apply, KUBECONFIG, kubectl, KUBECTL, must } from "./support/cluster";

/*
 * Previews of the reference application on a real control plane: applied side by side, swept by `goldenpath sweep` with the clock
 * moved, with their pull requests closed, half-way, twice at once. Real are the API server, its controllers and kubectl. Doubles stand
 * for the operators of other people's kinds, and programs of this folder for `aws` and `gh`. The tests are one story, in order.
 */

const HOST = "previewed";
const ZONE = "staging.example.com";
const MADE = new Date();
const hoursLater = (hours: number): string =>
  `${new Date(MADE.getTime() + hours * 3_600_000).toISOString().slice(0, 19)}Z`;

const specs: readonly EnvironmentSpec[] = environments
  .filter(({ name }) => name === "staging")
  .map((one) => ({
    ...one,
    name: HOST,
    namespaceSuffix: HOST,
    previews: { domain: ZONE, lifetimeHours: 72, mostDays: 14 },
  }));

const folder = mkdtempSync(join(tmpdir(), "goldenpath-sweep-"));
const STATES = join(folder, "states.json");
const PULLS = join(folder, "pulls.json");
const stdout: string[] = [];
const stderr: string[] = [];

/** The kind is External Secrets'; its definition is not among those that are installed here. */
const STORES = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "clustersecretstores.external-secrets.io" },
  spec: {
    group: "external-secrets.io",
    scope: "Cluster",
    names: { kind: "ClusterSecretStore", plural: "clustersecretstores", singular: "clustersecretstore" },
    versions: [
      {
        ...{ name: "v1", served: true, storage: true },
        schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
      },
    ],
  },
};

interface Metadata {
  readonly name: string;
  readonly labels?: object;
  readonly annotations?: object;
}

interface Rule {
  readonly api_groups: readonly string[];
  readonly resource_names?: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

const RBAC = "rbac.authorization.k8s.io";

/** Everything that a preview's stack makes in the cluster: the application's objects, and what keeps its secrets. */
function objectsOf(pullRequest: number, now = MADE): readonly object[] {
  const { preview } = loadPreview(specs, HOST, { pullRequest, now, repository: "acme/my-app" });
  const [application] = preview.applications;
  if (application === undefined) throw new Error("no application");
  const { namespace } = application;
  const { resource } = stackOf({ preview });
  const of = (type: string, apiVersion: string, kind: string, more: (block: Block) => object): object[] =>
    Object.values(resource[type] ?? {}).map((block) => {
      const { name, labels, annotations } = block.metadata as Metadata;
      return { apiVersion, kind, metadata: { name, namespace, labels, annotations }, ...more(block) };
    });
  const bound = (role: string, subject: { readonly name: string; readonly namespace: string }): object => ({
    ...{ apiVersion: `${RBAC}/v1`, kind: "RoleBinding", metadata: { name: role, namespace } },
    roleRef: { apiGroup: RBAC, kind: "Role", name: role },
    subjects: [{ kind: "ServiceAccount", ...subject }],
  });
  return [
    ...literalObjects(preview, application),
    ...of("kubernetes_secret_v1", "v1", "Secret", () => ({ stringData: { password: "made-up" } })),
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "secret-reader", namespace } },
    ...of("kubernetes_role_v1", `${RBAC}/v1`, "Role", ({ rule }) => ({
      rules: (rule as readonly Rule[]).map(({ api_groups: apiGroups, resource_names: resourceNames, ...rest }) => ({
        ...{ ...rest, apiGroups, resourceNames },
      })),
    })),
    // Their names are references in the stack.
    bound("read-secrets", { name: "secret-reader", namespace }),
    bound("ask-as-reader", { name: "external-secrets", namespace: "external-secrets" }),
    ...Object.values(resource.kubernetes_manifest ?? {})
      .map(({ manifest }) => manifest as { readonly kind: string })
      .filter(({ kind }) => kind === "ClusterSecretStore"),
  ];
}

/** A state with two versions and a lock that was put down, as a bucket keeps them. */
function keepStates(...stacks: readonly string[]): void {
  const at = { LastModified: MADE.toISOString() };
  const Versions = stacks.flatMap((stack) => [
    { Key: `previews/${stack}.tfstate`, VersionId: "1", IsLatest: false, ...at },
    { Key: `previews/${stack}.tfstate`, VersionId: "2", IsLatest: true, ...at },
    { Key: `previews/${stack}.tfstate.tflock`, VersionId: "3", IsLatest: false, ...at },
  ]);
  const DeleteMarkers = stacks.map((stack) => ({
    ...{ Key: `previews/${stack}.tfstate.tflock`, VersionId: "4", IsLatest: true },
    ...at,
  }));
  writeFileSync(STATES, JSON.stringify({ Versions, DeleteMarkers }));
}

const statesLeft = (): string[] => {
  const { Versions, DeleteMarkers } = JSON.parse(readFileSync(STATES, "utf8")) as Record<string, { Key: string }[]>;
  return [...new Set([...(Versions ?? []), ...(DeleteMarkers ?? [])].map(({ Key }) => Key))];
};

interface Given {
  readonly at?: string;
  readonly repository?: string;
  readonly seconds?: number;
}

/** `goldenpath sweep previewed …`, as the command calls it. */
function swept(flags: readonly string[], values: Given = {}): Promise<number> {
  const { at, repository, seconds = 60 } = values;
  return sweepPreviews({
    ...loadSweep(specs, HOST),
    ...{ repository, seconds, context: undefined, json: false, env: process.env },
    now: at === undefined ? new Date() : new Date(at),
    run: flags.includes("run"),
  });
}

const there = async (path: string): Promise<boolean> => (await api.ask("GET", path)).status === 200;
const namespaceThere = (pullRequest: number): Promise<boolean> => there(`/api/v1/namespaces/my-app-pr-${pullRequest}`);

/** Everything of a preview that the cluster still has, of every kind that it serves. */
async function leftOf(pullRequest: number): Promise<string[]> {
  const name = `my-app-pr-${pullRequest}`;
  const kinds = async (namespaced: boolean): Promise<string[]> =>
    must(await kubectl(["api-resources", "--verbs=list", `--namespaced=${namespaced}`, "--output=name"]))
      .trim()
      .split("\n");
  const found: string[] = [];
  for (const kind of await kinds(true)) {
    const text = must(await kubectl(["get", kind, "-n", name, "--ignore-not-found", "--output=name"]));
    found.push(...text.split("\n").filter((line) => line !== ""));
  }
  for (const kind of await kinds(false)) {
    const selector = `goldenpath/pull-request=${pullRequest}`;
    const labelled = must(await kubectl(["get", kind, "--selector", selector, "--ignore-not-found", "--output=name"]));
    found.push(...labelled.split("\n").filter((line) => line !== ""));
  }
  return found;
}

/** A script of this name before every other on the PATH. */
function onPath(name: string, text: string): void {
  const file = join(folder, name);
  writeFileSync(file, text);
  chmodSync(file, 0o755);
}

const before = { PATH: process.env.PATH, KUBECONFIG: process.env.KUBECONFIG, TF: process.env.TF_VAR_kubeconfig };

beforeAll(async () => {
  copyFileSync(join(__dirname, "..", "support", "stand-ins", "aws-states.mjs"), join(folder, "aws"));
  chmodSync(join(folder, "aws"), 0o755);
  symlinkSync(KUBECTL, join(folder, "kubectl"));
  // gh api repos/acme/my-app/pulls/123 --jq .state
  onPath("gh", `#!/bin/sh\nexec jq -er --arg n "\${2##*/}" '.[$n]' ${PULLS}\n`);
  writeFileSync(PULLS, "{}");
  process.env.PATH = [folder, dirname(process.execPath), before.PATH].join(delimiter);
  process.env.TF_VAR_kubeconfig = KUBECONFIG;
  process.env.STATES = STATES;
  must(await apply([STORES]));
  must(await kubectl(["wait", "--for=condition=Established", `crd/${STORES.metadata.name}`, "--timeout=30s"]));
  must(
    await apply([
      {
        apiVersion: "v1",
        kind: "Namespace",
        metadata: { name: `my-app-${HOST}`, labels: { "goldenpath/application": "my-app" } },
      },
    ]),
  );
  keepStates("my-app-pr-123", "my-app-pr-124", "my-app-pr-125");
});

beforeEach(() => {
  stdout.length = 0;
  stderr.length = 0;
  jest.spyOn(process.stdout, "write").mockImplementation((text) => stdout.push(String(text)) > 0);
  jest.spyOn(process.stderr, "write").mockImplementation((text) => stderr.push(String(text)) > 0);
});

afterEach(() => {
  jest.restoreAllMocks();
});

afterAll(() => {
  process.env.PATH = before.PATH;
  if (before.TF === undefined) delete process.env.TF_VAR_kubeconfig;
  else process.env.TF_VAR_kubeconfig = before.TF;
  delete process.env.STATES;
  rmSync(folder, { recursive: true });
});

test("two previews are applied side by side, and all that runs becomes available", async () => {
  for (const output of await Promise.all([apply(objectsOf(123)), apply(objectsOf(124))])) {
    expect(output).toMatchObject({ code: 0, stderr: "" });
  }
  for (const name of ["my-app-pr-123", "my-app-pr-124"]) {
    for (const workload of ["backend", "frontend", "notifications", "consumer"]) {
      must(await kubectl(["rollout", "status", `deployment/my-app-${workload}`, "-n", name, "--timeout=150s"]));
    }
  }
  expect((await leftOf(123)).length).toBeGreaterThan(100);
});

test("the reader of a preview's secrets reads those of its namespace, and External Secrets may be that reader there alone", async () => {
  const may = async (account: string, verb: string, what: string, namespace: string): Promise<string> =>
    (
      await kubectl(["auth", "can-i", verb, what, "-n", namespace, `--as=system:serviceaccount:${account}`])
    ).stdout.trim();
  expect(await may("my-app-pr-123:secret-reader", "get", "secrets", "my-app-pr-123")).toBe("yes");
  expect(await may("my-app-pr-123:secret-reader", "get", "secrets", "my-app-pr-124")).toBe("no");
  expect(await may("my-app-pr-123:secret-reader", "list", "secrets", "my-app-pr-123")).toBe("no");
  const token = ["create", "token", "secret-reader", "-n", "my-app-pr-123"];
  expect((await kubectl([...token, "--as=system:serviceaccount:external-secrets:external-secrets"])).code).toBe(0);
  expect((await kubectl([...token, "--as=system:serviceaccount:my-app-pr-124:secret-reader"])).code).not.toBe(0);
});

test("before their time nothing is swept", async () => {
  expect(await swept(["run"], { at: hoursLater(71) })).toBe(0);
  expect(stdout.join("")).toMatch(/^these stay:\n {2}my-app-pr-123 {2}until .*\n {2}my-app-pr-124 {2}until .*\n$/);
  expect([await namespaceThere(123), await namespaceThere(124)]).toEqual([true, true]);
});

test("with the clock moved it says what is over, and without --run takes nothing", async () => {
  expect(await swept([], { at: hoursLater(73) })).toBe(0);
  expect(stdout.join("")).toContain("namespaces, with all that is in them:\n  my-app-pr-123  its time was over at ");
  expect(stdout.join("")).toContain("states:\n  my-app-pr-123  its namespace goes");
  expect([await namespaceThere(123), await namespaceThere(124)]).toEqual([true, true]);
});

test("a namespace that somebody labelled by hand is refused and stays, whatever the time", async () => {
  const label = ["label", "namespace", `my-app-${HOST}`];
  must(await kubectl([...label, `goldenpath/preview=${HOST}`, "goldenpath/pull-request=5"]));
  expect(await swept(["run"], { at: hoursLater(71) })).toBe(1);
  expect(stdout.join("")).toContain(`refused, for somebody to look at:\n  my-app-${HOST}  goldenpath did not make it`);
  must(await kubectl([...label, "goldenpath/preview-", "goldenpath/pull-request-"]));
  expect(await there(`/api/v1/namespaces/my-app-${HOST}`)).toBe(true);
});

test("one that was deployed again meanwhile is not what was judged, and stays", async () => {
  const kubectlHere = new Kubectl(asker({ env: process.env, seconds: 60 }), undefined);
  const judged = await kubectlHere.namespace("my-app-pr-124");
  if (judged === undefined) throw new Error("no namespace");
  must(await apply(objectsOf(124, new Date(MADE.getTime() + 3_600_000)), "--force-conflicts"));
  expect(await kubectlHere.remove("/api/v1/namespaces/my-app-pr-124", judged)).toContain("Precondition failed");
  expect(await namespaceThere(124)).toBe(true);
});

test("closed, with its branch deleted: the preview is gone with all its objects, its store and each version of its state", async () => {
  writeFileSync(PULLS, JSON.stringify({ 123: "closed", 124: "open" }));
  expect([await swept(["run"], { repository: "acme/my-app" }), stderr.join("")]).toEqual([0, ""]);
  expect(stdout.join("")).toContain("my-app-pr-123  pull request 123 is closed");
  expect(await leftOf(123)).toEqual([]);
  expect(statesLeft().filter((key) => key.includes("my-app-pr-123"))).toEqual([]);
  expect(statesLeft()).toContain("previews/my-app-pr-124.tfstate");
  expect(await namespaceThere(124)).toBe(true);
});

test("closed in another repository, under the same number: it stays", async () => {
  writeFileSync(PULLS, JSON.stringify({ 124: "closed" }));
  expect([await swept(["run"], { repository: "acme/frontend" }), stderr.join("")]).toEqual([0, ""]);
  expect(stdout.join("")).toContain("whatever its pull request is: it is of acme/my-app");
  expect(await namespaceThere(124)).toBe(true);
});

test("nobody says what the pull request is: it stays, and that is told", async () => {
  writeFileSync(PULLS, "{}");
  expect(await swept(["run"], { repository: "acme/my-app" })).toBe(1);
  expect(stdout.join("")).toContain("not asked: pull request 124: ");
  expect(await namespaceThere(124)).toBe(true);
});

test("ended half-way, the next sweep goes on: what is left of a preview without a namespace is found", async () => {
  must(await apply(objectsOf(125)));
  const ask = asker({ env: process.env, seconds: 60 });
  const here = new Kubectl(ask, undefined);
  const { environment, previews, reserved } = loadSweep(specs, HOST);
  const { notes, ...found } = await collect(here, ask, environment, undefined);
  expect(notes).toEqual([]);
  const closed = new Map([[125, "closed" as const]]);
  const judged = judge({
    environment: HOST,
    previews,
    applications: environment.applications.map(({ name }) => name),
    reserved,
    repository: "acme/my-app",
    now: MADE,
    ...found,
    pullRequests: closed,
  });
  const place = environment.cloud.previewStates?.(environment, "previews");
  const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const killed = take(judged, {
    ...{ kubectl: here, ask, place, now: MADE, seconds: 60, pause },
    done: (what) => {
      throw new Error(`ended after ${what}`);
    },
  });
  await expect(killed).rejects.toThrow("ended after namespace my-app-pr-125");
  expect(await leftOf(125)).toEqual(["clustersecretstore.external-secrets.io/my-app-pr-125"]);
  expect(statesLeft()).toContain("previews/my-app-pr-125.tfstate");
  // The store at once, and the state once nothing can be on its way with it any more.
  expect([await swept(["run"]), stderr.join("")]).toEqual([0, ""]);
  expect(await leftOf(125)).toEqual([]);
  expect(statesLeft()).toContain("previews/my-app-pr-125.tfstate");
  expect(await swept(["run"], { at: hoursLater(72.1) })).toBe(0);
  expect(statesLeft().filter((key) => key.includes("my-app-pr-125"))).toEqual([]);
});

test("two sweeps at once do what one does", async () => {
  const late = { at: hoursLater(15 * 24) };
  expect(await Promise.all([swept(["run"], late), swept(["run"], late)])).toEqual([0, 0]);
  expect(await leftOf(124)).toEqual([]);
  expect(statesLeft()).toEqual([]);
  expect(await swept(["run"], late)).toBe(0);
  expect(stdout.at(-1)).toBe(`${HOST}: no preview is there\n`);
});

test("a namespace that does not go is told with what holds it, and goes the next time", async () => {
  must(await apply(objectsOf(126)));
  const maps = (await api.list("/api/v1/namespaces/my-app-pr-126/configmaps")) as { readonly metadata: Metadata }[];
  const map = maps.map(({ metadata: { name } }) => name).find((name) => name.startsWith("my-app-cron")) ?? "";
  const hold = async (finalizers: readonly string[] | null): Promise<unknown> =>
    must(
      await kubectl([
        ...["patch", "configmap", map, "-n", "my-app-pr-126", "--type=merge"],
        ...["--patch", JSON.stringify({ metadata: { finalizers } })],
      ]),
    );
  await hold(["example.com/held"]);
  const late = { at: hoursLater(73), seconds: 20 };
  expect(await swept(["run"], late)).toBe(1);
  expect(stderr.join("")).toContain("left: my-app-pr-126: is still going after 20 seconds; ");
  expect(stderr.join("")).toContain("example.com/held");
  // Its store waits for it: operators of what is in it may need it.
  expect(await there("/apis/external-secrets.io/v1/clustersecretstores/my-app-pr-126")).toBe(true);
  await hold(null);
  expect(await swept(["run"], { at: hoursLater(73) })).toBe(0);
  expect(await leftOf(126)).toEqual([]);
});

test("another cluster is told from the environment's, and nothing is asked further", async () => {
  must(await kubectl(["delete", "namespace", `my-app-${HOST}`]));
  expect(await swept(["run"])).toBe(1);
  expect(stderr.join("")).toContain(`kubectl leads to no cluster of ${HOST}`);
});
