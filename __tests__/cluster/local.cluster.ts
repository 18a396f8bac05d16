import { spawnSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { engine, type Outcome } from "../../scripts/engine/engine";
import { sleep } from "../real/support/program";
import { CdktfProject, descendants, ENGINE, type Running } from "./support/cdktf-cli";
import { api, KUBECONFIG, kubectl, must } from "./support/cluster";

/*
 * `cdktf deploy local`, as typed, onto the control plane: by the cdktf CLI, which finds the engine. What comes from
 * `local-platform` by charts is not to be had without the internet: the definitions are here, doubles of the operators
 * run, and of that stack the engine applies what Kubernetes has itself, the secret store and its roles. The
 * StorageClass is the test's. The tests are one story, in order. Without an engine, or its providers, they say so.
 */

const NAMESPACE = "my-app-local";
const STORE = "secret-store";
const STRIPE = "local.my-app.stripe-key";
const DEPLOY = ["deploy", "local", "--auto-approve", "--skip-provider-lock"];

const project = new CdktfProject();

interface Stack {
  readonly resource: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

async function run(stack: string, ...args: readonly string[]) {
  return engine(ENGINE ?? "", project.stack(stack), args);
}

process.env["TF_VAR_kubeconfig"] = KUBECONFIG;

/** Why nothing can run here. Waits for the engine, so that Jest knows which tests there are before it runs any. */
function whyAbsent(): string | undefined {
  if (ENGINE === undefined) return "no tofu or terraform on the PATH";
  const synth = project.runAndWait("synth");
  if (synth.code !== 0) return `cdktf synth: ${synth.text.trim()}`;
  const cwd = project.stack("local-platform");
  const { status, stdout, stderr } = spawnSync(ENGINE, ["init", "-input=false", "-no-color"], {
    cwd,
    encoding: "utf8",
  });
  // An engine begins with an empty line.
  return status === 0 ? undefined : `${ENGINE} init: ${`${stdout}${stderr}`.trim()}`;
}

const absent = whyAbsent();
if (absent !== undefined) process.stderr.write(`\nNO ENGINE RAN: ${absent}\n`);

const story = (what: string, act: () => Promise<void>): void => {
  (absent === undefined ? test : test.skip)(what, act, 600_000);
};

const status = async (path: string): Promise<number> => (await api.ask("GET", path)).status;

interface Secret {
  readonly metadata: { readonly name: string };
  readonly data: Readonly<Record<string, string>>;
}

async function stored(): Promise<readonly Secret[]> {
  const found = (await api.list(`/api/v1/namespaces/${STORE}/secrets`)) as Secret[];
  return found.filter(({ metadata }) => metadata.name.startsWith("local."));
}

interface ExternalSecret {
  readonly spec: {
    readonly data: readonly { readonly remoteRef: { readonly key: string; readonly property: string } }[];
  };
}

const decoded = (text = ""): string => Buffer.from(text, "base64").toString();

/** Sends the signal to the engine below a running CLI when the cluster has got so far. */
async function interrupt(running: Running, signal: NodeJS.Signals, path: string): Promise<void> {
  while ((await status(path)) !== 200) await sleep(0.05);
  const engines = descendants(running.pid).filter(({ command }) => / apply\b/.test(command));
  if (engines.length === 0) throw new Error("no engine is applying");
  for (const { pid } of engines) process.kill(pid, signal);
}

story("a plan refuses a cluster without the storage class, and says what to do", async () => {
  expect(await run("local", "init", "-input=false")).toMatchObject({ ok: true });
  const { ok, text } = await run("local", "plan");
  expect(ok).toBe(false);
  expect(text.replace(/[│╷╵\s]+/g, " ")).toContain('The cluster has no StorageClass "standard". Name one that');
});

story("the platform's own objects: the secret store is read by one account, and by who may be that one", async () => {
  await api.post("/apis/storage.k8s.io/v1/storageclasses", {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name: "standard" },
    provisioner: "test-cluster",
  });
  const { resource } = JSON.parse(readFileSync(join(project.stack("local-platform"), "cdk.tf.json"), "utf8")) as Stack;
  const targets = Object.entries(resource)
    .filter(([type]) => type !== "helm_release")
    .flatMap(([type, named]) => Object.keys(named).map((name) => `-target=${type}.${name}`));
  const { ok, text } = await run("local-platform", "apply", "-auto-approve", ...targets);
  expect({ ok, text: ok ? "" : text }).toEqual({ ok: true, text: "" });
  const may = async (account: string, verb: string, what: string, namespace: string) =>
    (
      await kubectl(["auth", "can-i", verb, what, "-n", namespace, `--as=system:serviceaccount:${account}`])
    ).stdout.trim();
  const reader = `${STORE}:reader`;
  const operator = "external-secrets:external-secrets";
  expect(await may(reader, "get", "secrets", STORE)).toBe("yes");
  expect(await may(reader, "get", "secrets", "default")).toBe("no");
  expect(await may(reader, "update", "secrets", STORE)).toBe("no");
  expect(await may(operator, "create", "serviceaccounts/reader", STORE)).toBe("no");
  const token = ["create", "token", "reader", "-n", STORE, `--as=system:serviceaccount:${operator}`];
  expect((await kubectl(token)).code).toBe(0);
  expect((await kubectl(token.with(2, "default"))).code).not.toBe(0);
});

story("killed outright, it may have written nothing down: two commands clear what it left", async () => {
  const running = project.start(...DEPLOY);
  await interrupt(running, "SIGKILL", `/apis/apps/v1/namespaces/${NAMESPACE}/statefulsets/my-app-orders-db`);
  await running.ended;
  expect((await stored()).length).toBeGreaterThan(0);
  // As `docs/guide/local-development.md` has it.
  must(await kubectl(["delete", "namespace", NAMESPACE, "--ignore-not-found"]));
  must(await kubectl(["delete", "secret", "-n", STORE, "-l", "goldenpath/application=my-app"]));
  expect(await status(`/api/v1/namespaces/${NAMESPACE}`)).toBe(404);
  expect(await stored()).toEqual([]);
});

story("ended half-way by a signal, it is applied to its end the next time", async () => {
  const running = project.start(...DEPLOY);
  await interrupt(running, "SIGTERM", `/apis/apps/v1/namespaces/${NAMESPACE}/statefulsets/my-app-orders-db`);
  const { code } = await running.ended;
  expect(code).not.toBe(0);
  expect(await status(`/apis/apps/v1/namespaces/${NAMESPACE}/deployments/my-app-backend`)).toBe(404);
  const again = await project.run(...DEPLOY);
  expect({ code: again.code, text: again.code === 0 ? "" : again.text }).toEqual({ code: 0, text: "" });
  const { spec, status: found } = await api.get(`/apis/apps/v1/namespaces/${NAMESPACE}/deployments/my-app-backend`);
  expect([spec.replicas, found.availableReplicas]).toEqual([1, 1]);
});

story("after that there is nothing to do", async () => {
  const { text } = await run("local", "plan", "-detailed-exitcode");
  expect(text).toContain("No changes.");
});

story("as plain Terraform there is nothing to do either, with the state beside it", async () => {
  const plain = project.exported("local");
  cpSync(join(project.folder, "terraform.local.tfstate"), join(plain, "local", "terraform.local.tfstate"));
  const inPlain = (...args: readonly string[]): Promise<Outcome> => engine(ENGINE ?? "", join(plain, "local"), args);
  expect(await inPlain("init", "-input=false")).toMatchObject({ ok: true });
  expect((await inPlain("validate")).text).toContain("The configuration is valid.");
  expect((await inPlain("plan", "-detailed-exitcode")).text).toContain("No changes.");
});

story("what External Secrets is told to read is there, and no password is in the state", async () => {
  const secrets = new Map((await stored()).map(({ metadata, data }) => [metadata.name, data]));
  expect(secrets.size).toBe(11);
  const asked = await api.list(`/apis/external-secrets.io/v1/namespaces/${NAMESPACE}/externalsecrets`);
  const refs = (asked as ExternalSecret[]).flatMap(({ spec }) => spec.data.map(({ remoteRef }) => remoteRef));
  expect(refs.length).toBeGreaterThan(10);
  for (const { key, property } of refs) {
    const keys = Object.keys(secrets.get(key) ?? {});
    expect({ key, property, there: keys.includes(property) }).toEqual({ key, property, there: true });
  }
  const values = [...secrets].flatMap(([name, data]) => (name === STRIPE ? [] : [decoded(data.password)]));
  expect(new Set(values).size).toBe(10);
  const state = project.state("local");
  for (const value of values) expect([value.length, state.includes(value)]).toEqual([64, false]);
});

story("a developer puts a key in the placeholder's place: it stays there, and out of the state", async () => {
  const value = "sk-of-a-developer";
  // As `docs/guide/local-development.md` has it.
  const patch = JSON.stringify({ stringData: { value } });
  must(await kubectl(["patch", "secret", STRIPE, "-n", STORE, "--type", "merge", "-p", patch]));
  const { text } = await run("local", "plan", "-detailed-exitcode");
  expect(text).toContain("No changes.");
  expect((await project.run(...DEPLOY)).code).toBe(0);
  const { data } = (await api.get(`/api/v1/namespaces/${STORE}/secrets/${STRIPE}`)) as Secret;
  expect(decoded(data.value)).toBe(value);
  expect(project.state("local")).not.toContain(value);
});

story("destroyed, it leaves nothing", async () => {
  const { code, text } = await project.run("destroy", "local", "--auto-approve", "--skip-provider-lock");
  expect({ code, text: code === 0 ? "" : text }).toEqual({ code: 0, text: "" });
  expect(await status(`/api/v1/namespaces/${NAMESPACE}`)).toBe(404);
  expect(await stored()).toEqual([]);
  const volumes = await api.list("/api/v1/persistentvolumes");
  expect(volumes.filter(({ spec }) => spec.claimRef?.namespace === NAMESPACE)).toEqual([]);
  expect((JSON.parse(project.state("local")) as { resources: unknown[] }).resources).toEqual([]);
});
