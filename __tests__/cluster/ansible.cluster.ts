import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { loadEnvironments } from "../../constructs/model/load";
import { ansible } from "../../constructs/outputs/outputs";
import { renderEnvironments } from "../../constructs/rendering/render-environment";
import { apply, KUBECONFIG, must, type Output } from "./support/cluster";
import { type Chart, chartOf, helmProgram } from "./support/helm";
import { all, imagesIn } from "./support/release-story";
import { environmentsOf } from "./support/rendered";
import { NEVER_READY } from "./support/stages";

/*
 * Rendered playbooks by ansible-core and kubernetes.core, with Helm 4, against a control plane. What answers after a release is a server of this
 * test. The tests are one story, in order.
 */

const SUITE = "ansible";
const PROGRAMS = join(__dirname, "..", "..", ".cache", "ansible");

const folder = mkdtempSync(join(tmpdir(), "goldenpath-ansible-"));
let chart: Chart;
let site: Server;
let answers = 200;

beforeAll(async () => {
  if (!existsSync(join(PROGRAMS, "bin"))) throw new Error("there is no Ansible: run .ci/install-ansible");
  site = createServer((_, response) => {
    response.statusCode = answers;
    response.end();
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  const { port } = site.address() as AddressInfo;
  const environments = environmentsOf(SUITE).map((one) => ({ ...one, release: "helm" as const }));
  const files = ansible.render(renderEnvironments(loadEnvironments(environments)), {
    application: "my-app",
    chart: "helm/my-app",
    smoke: { staging: [`http://127.0.0.1:${port}/`] },
  });
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    // Half an hour of a rollout, and two minutes of a page, are a minute and some seconds here.
    const quick = text
      .replace(/(timeout: )"?\d+m"?/g, "$160s")
      .replace("retries: 20", "retries: 1")
      .replace("delay: 6", "delay: 1");
    writeFileSync(join(folder, file), quick);
  }
  chart = chartOf(SUITE, (one) => ({ ...one, release: "helm" }));
  mkdirSync(join(folder, "helm"));
  symlinkSync(chart.folder, join(folder, "helm", "my-app"));
  mkdirSync(join(folder, "bin"));
  symlinkSync(helmProgram(4), join(folder, "bin", "helm"));
  must(await apply(chart.prepared("staging")));
});
afterAll(() => {
  site.close();
  chart.remove();
  rmSync(folder, { recursive: true });
});

interface Played extends Output {
  /** Tasks that changed something, as Ansible counts them. */
  readonly changed: number;
  readonly seconds: number;
}

interface Elsewhere {
  /** Root of other playbooks. */
  readonly at?: string;
  /** More arguments. */
  readonly more?: readonly string[];
}

function play(book: string, said: object = {}, { at = folder, more = [] }: Elsewhere = {}): Promise<Played> {
  const env = {
    PATH: `${join(folder, "bin")}:${join(PROGRAMS, "bin")}:${process.env.PATH ?? ""}`,
    HOME: folder,
    KUBECONFIG,
    ANSIBLE_COLLECTIONS_PATH: join(PROGRAMS, "collections"),
    ANSIBLE_NOCOLOR: "1",
    // A terminal and a locale are asked for, and the tests may have neither.
    LC_ALL: "C.UTF-8",
  };
  const args = ["-i", "inventory/staging.yml", `playbooks/${book}.yml`, "--extra-vars", JSON.stringify(said), ...more];
  const began = Date.now();
  return new Promise((resolve, reject) => {
    const child = spawn("ansible-playbook", args, { cwd: join(at, "ansible"), env, stdio: ["ignore", "pipe", "pipe"] });
    const out = { stdout: "", stderr: "" };
    child.stdout.on("data", (data: Buffer) => (out.stdout += data.toString()));
    child.stderr.on("data", (data: Buffer) => (out.stderr += data.toString()));
    child.once("error", reject);
    child.once("close", (code) => {
      const changed = Number(/changed=(\d+)/.exec(out.stdout)?.[1] ?? -1);
      resolve({ code: code ?? -1, changed, seconds: (Date.now() - began) / 1000, ...out });
    });
  });
}

const images = (): Promise<Readonly<Record<string, string>>> => imagesIn(chart.namespace("staging"));

const done = ({ code, changed, stdout, stderr }: Played): number => {
  if (code !== 0) throw new Error(stdout + stderr);
  return changed;
};

test("it releases; a second time changes nothing", async () => {
  expect(done(await play("deploy", { release_tag: "v1" }))).toBe(1);
  expect(await images()).toEqual(all("v1"));
  expect(done(await play("deploy", { release_tag: "v1" }))).toBe(0);
});

test("another chart with the same images is released, though it has the same version", async () => {
  writeFileSync(join(chart.folder, "templates", "more.yaml"), "# nothing\n");
  expect(done(await play("deploy", { release_tag: "v1" }))).toBe(1);
});

/** Ways back wait for pods that stop, minutes in all: `.ci/run` leaves them out. */
const wayBack = process.env.ANSIBLE_WITHOUT_WAYS_BACK === undefined ? test : test.skip;

wayBack("an image that never becomes ready: what ran before runs on", async () => {
  const values = { workloads: { frontend: { image: { tag: NEVER_READY } } } };
  const played = await play("deploy", { release_tag: "v2", release_values: values, release_timeout: "15s" });
  expect(played.code).not.toBe(0);
  expect(await images()).toEqual(all("v1"));
  console.log(`broken image: back after ${played.seconds.toFixed(0)} s, of which it was waited for 15`);
});

wayBack("one that rolls out and does not answer is taken back", async () => {
  answers = 500;
  const played = await play("deploy", { release_tag: "v3" });
  expect([played.code === 0, played.stdout.includes("Go back from what does not answer")]).toEqual([false, true]);
  expect(await images()).toEqual(all("v1"));
  answers = 200;
});

test("what is missing, and of a wrong form, is said before anything is done, and all of it", async () => {
  const { code, stdout, stderr } = await play("deploy", { release_values: ["v1"] });
  expect(code).not.toBe(0);
  expect(stdout + stderr).toMatch(/missing required arguments: release_tag/);
  expect(stdout + stderr).toMatch(/argument 'release_values' is of type .*list/);
  expect(await images()).toEqual(all("v1"));
});

test("a word of the command line and an answer of a survey are texts, and are read as what they say", async () => {
  const { code, stdout } = await play("deploy", { release_tag: "v1", release_interrupted: "no" });
  expect([code, stdout.match(/changed=\d+/)?.[0]]).toEqual([0, "changed=0"]);
});

wayBack("after somebody has gone back, the way back is to be named; twice changes nothing", async () => {
  const unnamed = await play("rollback");
  expect([unnamed.code === 0, /Say release_revision/.test(unnamed.stdout + unnamed.stderr)]).toEqual([false, true]);
  done(await play("deploy", { release_tag: "v4" }));
  const back = await play("rollback", { release_revision: 1 });
  expect(done(back)).toBe(1);
  expect(await images()).toEqual(all("v1"));
  console.log(`back by a playbook after ${back.seconds.toFixed(0)} s`);
  expect(done(await play("rollback", { release_revision: 1 }))).toBe(0);
});

describe("where Terraform releases", () => {
  const at = mkdtempSync(join(tmpdir(), "goldenpath-ansible-terraform-"));
  const calls = join(at, "calls");

  beforeAll(() => {
    const rendered = renderEnvironments(loadEnvironments(environmentsOf(SUITE)));
    for (const [file, text] of Object.entries(
      ansible.render(rendered, { application: "my-app", chart: "helm/my-app" }),
    )) {
      mkdirSync(dirname(join(at, file)), { recursive: true });
      writeFileSync(join(at, file), text);
    }
    // In the program's place, which has tests of its own: it tells where it was started and what it was told.
    writeFileSync(join(folder, "bin", "npx"), `#!/bin/sh\necho "$PWD: $*" | tee -a ${calls}\n`, { mode: 0o755 });
  });
  afterAll(() => {
    rmSync(at, { recursive: true });
  });
  const called = (): string[] => readFileSync(calls, "utf8").trimEnd().split("\n");

  test("a deploy says who releases, and does nothing", async () => {
    const { code, stdout, stderr } = await play("deploy", {}, { at });
    expect(code).not.toBe(0);
    expect(stdout + stderr).toContain("Ansible releases nothing here");
    expect(existsSync(calls)).toBe(false);
  });

  test("a rollback says the way, and goes it when it is told to, but never in a rehearsal", async () => {
    const asked = await play("rollback", {}, { at });
    const single = { release_only: ["frontend"], release_context: "here" };
    const rehearsed = await play("rollback", { release_run: true, ...single }, { at, more: ["--check"] });
    const gone = await play("rollback", { release_run: "yes", ...single }, { at });
    expect([asked, rehearsed, gone].map(done)).toEqual([0, 0, 1]);
    const way = `${at}: goldenpath rollback staging --application my-app`;
    expect(called()).toEqual([way, `${way} frontend`, `${way} frontend --run --yes --context here`]);
    expect(asked.stdout).toContain(way);
    // All of an application by a plan, which nobody would look at.
    const whole = await play("rollback", { release_run: true }, { at });
    expect(whole.stdout).toContain("nobody answers here");
    expect(called()).toHaveLength(3);
  });
});
