import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ON_A_DAY } from "./support/on-a-day";

/* The program as people run it, in processes of its own: what it prints, writes and exits with. */

const ROOT = resolve(__dirname, "..");
const BROKEN = "node scripts/run.mjs __tests__/fixtures/broken.ts";

let outdir = "";

beforeAll(() => {
  outdir = mkdtempSync(join(tmpdir(), "goldenpath-out-"));
});

afterAll(() => {
  rmSync(outdir, { recursive: true });
});

function run(command: string, environment: NodeJS.ProcessEnv = {}) {
  const [program = "", ...args] = command.split(" ");
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    CDKTF_OUTDIR: outdir,
    CHECKPOINT_DISABLE: "1",
    CI: "true",
    ...ON_A_DAY,
    ...environment,
  };
  return spawnSync(program, args, { cwd: ROOT, encoding: "utf8", env });
}

/** Names and content of everything below the output folder. */
function fingerprint(): string {
  const hash = createHash("sha256");
  for (const entry of readdirSync(outdir, { recursive: true, encoding: "utf8" }).sort()) {
    hash.update(entry);
    if (/\.\w+$/.test(entry) && !entry.endsWith("/")) hash.update(readFileSync(join(outdir, entry)));
  }
  return hash.digest("hex");
}

test("no other program is run: synthesis needs neither Terraform nor the CLI of a cloud", () => {
  const { status, stderr } = run(`${process.execPath} cli/goldenpath.mjs synth`, { PATH: "" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

const stacks = (): string[] => readdirSync(join(outdir, "stacks")).sort();

test("without arguments it writes every environment's stacks, and with --quiet it says nothing", () => {
  const { status, stdout, stderr } = run("node cli/goldenpath.mjs synth --quiet");
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
  const names = ["aks-staging", "gke-staging", "production", "staging"];
  const each = names.flatMap((name) => [name, `${name}-cluster`, `${name}-platform`, `state-${name}`]);
  // Its cluster and the place of its state are whoever's it is.
  expect(stacks()).toEqual([...each, "local", "local-platform"].sort());
});

test("support that ends soon is warned of, and the day is in nothing that is written", () => {
  const before = fingerprint();
  const { status, stderr } = run("node cli/goldenpath.mjs synth --quiet", { GOLDENPATH_TODAY: "2027-06-01" });
  expect(status).toBe(0);
  expect(stderr).toMatch(
    /^warning: Azure Kubernetes Service 1\.36 is near its end of support, 2027-06-30, in 29 days: aks-staging-cluster; goldenpath radar says more$/m,
  );
  expect(stderr).toMatch(/^warning: RabbitMQ 4\.2 is past its end of support, 2026-07-31, 305 days ago: /m);
  expect(fingerprint()).toBe(before);
});

test("a stack that was in the last synthesis and is in none now is named, with the way to take it down", () => {
  const file = join(outdir, "manifest.json");
  const manifest = JSON.parse(readFileSync(file, "utf8")) as { stacks: Record<string, unknown> };
  manifest.stacks["pre-production"] = manifest.stacks.production;
  manifest.stacks.billing = manifest.stacks.production;
  writeFileSync(file, JSON.stringify(manifest));
  const model = JSON.parse(readFileSync(join(outdir, "model.json"), "utf8")) as {
    environments: Record<string, { stacks: string[] }>;
  };
  model.environments["production"]?.stacks.push("pre-production");
  writeFileSync(join(outdir, "model.json"), JSON.stringify(model));
  const { status, stderr } = run("node cli/goldenpath.mjs synth");
  expect(status).toBe(0);
  expect(stderr).toMatch(
    /^warning: stack "pre-production" is gone: what it deployed stays.* cdktf destroy pre-production$/m,
  );
  // What no environment had may be somebody else's.
  expect(stderr).toMatch(/^warning: stack "billing" is gone: .*it may be somebody else's/m);
  expect(stderr).not.toContain("destroy billing");
});

const PROBLEMS = [
  'applications.shop.services.db.version: got "5.6"; use "8.4" or "8.0"',
  'applications.shop.workloads.web.needs[1]: got "cahce", no such thing to need; use a service, an external or a workload that speaks HTTP: "db"',
  "applications.shop.workloads.web.autoscaling.max: got 2, below min 4; raise max or lower min",
  'environments.production.applications.shop.workloads.web.image: got "registry.example.com/web:latest", nobody can say what runs; use a version tag, or add the digest',
];

test("mistakes are all reported at once, without a stack trace, and the output of before is left as it was", () => {
  const before = fingerprint();
  const { status, stdout, stderr } = run(BROKEN);
  expect(status).toBe(1);
  expect(stdout).toBe("");
  expect(stderr.split("\n")).toEqual(expect.arrayContaining(PROBLEMS));
  expect(stderr).toMatch(/^environments\.production\.cloud\.region: got "mars-1"; use/m);
  expect(stderr).toMatch(/\n5 problems, nothing was written\n$/);
  // By the file and the line that somebody wrote, which the bundle has elsewhere.
  const text = readFileSync(join(ROOT, "__tests__", "fixtures", "broken.ts"), "utf8").split("\n");
  for (const [what, call] of [
    ["environments.production", "environment({"],
    ["applications.shop", "application({"],
  ] as const) {
    const line = text.findIndex((one) => one.includes(call)) + 1;
    expect(stderr).toContain(`${what} is written at __tests__/fixtures/broken.ts:${line}:`);
  }
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(fingerprint()).toBe(before);
});

test("the cdktf CLI passes all of that on", () => {
  const before = fingerprint();
  const cdktf = join(ROOT, "node_modules", ".bin", "cdktf");
  const args = ["synth", "--app", BROKEN, "--output", outdir];
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, CHECKPOINT_DISABLE: "1", CI: "true" };
  const { status, stderr } = spawnSync(cdktf, args, { cwd: ROOT, encoding: "utf8", env });
  expect(status).toBe(1);
  for (const problem of PROBLEMS) expect(stderr).toContain(problem);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(fingerprint()).toBe(before);
}, 60_000);

test("an environment's name renders that environment only", () => {
  rmSync(join(outdir, "stacks"), { recursive: true });
  expect(run("node cli/goldenpath.mjs synth staging").status).toBe(0);
  expect(stacks()).toEqual(["staging", "staging-cluster", "staging-platform", "state-staging"]);
});

test("an unknown name is a wrong command line", () => {
  const { status, stderr } = run("node cli/goldenpath.mjs synth stagging");
  expect(status).toBe(2);
  expect(stderr).toBe(
    'arguments: got "stagging", no such environment; use "local", "staging", "gke-staging", "aks-staging" or "production" (did you mean "staging"?)\n\n1 problem, nothing was written\n',
  );
});
