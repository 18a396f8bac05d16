import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { changeJson, planJson } from "../constructs/plan/plans";
import { recordedText } from "../plans/support/recorded";

/* `goldenpath report` as a pipeline calls it: what it prints and writes, and what it exits with. */

const ROOT = join(__dirname, "..", "..");
const BIN = join(ROOT, "cli", "goldenpath.mjs");

const folder = mkdtempSync(join(tmpdir(), "goldenpath-report-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const path = (name: string): string => join(folder, name);

function file(name: string, text: string): string {
  writeFileSync(path(name), text);
  return path(name);
}

const report = (...args: readonly string[]) => run("report", ...args);

function run(command: string, ...args: readonly string[]) {
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    GOLDENPATH_TODAY: "2026-11-30",
    CDKTF_OUTDIR: path("out"),
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, command, ...args], {
    cwd: folder,
    encoding: "utf8",
    env,
  });
  return { status, stdout, stderr };
}

const plan = (name: string, ...changes: Parameters<typeof changeJson>[0][]): string =>
  file(name, planJson(changes.map(changeJson)));

const grows = {
  address: "aws_db_instance.orders",
  before: { allocated_storage: 20 },
  after: { allocated_storage: 40 },
};
const goes = { address: "aws_s3_bucket.uploads", actions: ["delete"], before: {} };
const ID = "data-loss:staging:aws_s3_bucket.uploads:deleted";

test("prints a comment, and exits with 0 where nothing is above what is allowed", () => {
  const { status, stdout, stderr } = report(plan("staging.json", grows));
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("## Plan of staging: changes, no risk found");
  expect(stdout).toContain("+ allocated_storage = 40");
});

test("tells what else is rendered, where both sides are given", () => {
  const record = (name: string, digest: string): string => {
    const files = [{ file: "compose.yaml", digest, parts: [{ called: "Compose service", name: "web", digest }] }];
    return file(name, JSON.stringify({ version: 1, outputs: { compose: files } }));
  };
  const [before, after] = [record("before.json", "a"), record("after.json", "b")];
  const both = ["--base-outputs", before, "--head-outputs", after];
  const words = "One Compose service changes too.";
  expect(report(plan("staging.json", grows), ...both).stdout).toContain(words);
  expect(report(...both)).toMatchObject({ status: 0, stdout: expect.stringContaining(words) as string });
  expect(report(plan("staging.json", grows)).stdout).not.toContain("output");
  expect(report("--base-outputs", before)).toEqual({
    status: 2,
    stdout: "",
    stderr: "--base-outputs and --head-outputs: give both\n",
  });
});

test("tells changes from nothing where it is asked to", () => {
  expect(report(plan("staging.json", grows), "--detailed-exitcode").status).toBe(3);
  expect(report(plan("staging.json"), "--detailed-exitcode").status).toBe(0);
});

test("exits with 1 for a risk above what is allowed, until somebody answers for it", () => {
  const given = plan("staging.json", goes);
  expect(report(given)).toMatchObject({ status: 1, stdout: expect.stringContaining("1 risk above medium") as string });
  expect(report(given, "--allow", "critical").status).toBe(0);
  const words = (until: string): string => JSON.stringify({ acknowledged: [{ risk: ID, until, reason: "a trial" }] });
  expect(report(given, "--acknowledged", file("held.json", words("2026-12-01")))).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("may pass until 2026-12-01") as string,
  });
  expect(report(given, "--acknowledged", file("past.json", words("2026-11-29")))).toMatchObject({
    status: 1,
    stdout: expect.stringContaining("held until 2026-11-29") as string,
  });
  const unused = report(plan("staging.json", grows), "--acknowledged", path("held.json"));
  expect(unused).toMatchObject({
    status: 1,
    stdout: expect.stringContaining("answers for no risk of these plans") as string,
  });
});

test("writes a page, the comment and JSON of the same", () => {
  const given = plan("staging.json", goes, grows);
  const { status, stdout } = report(given, "--html", path("report.html"), "--markdown", path("report.md"), "--json");
  expect(status).toBe(1);
  const answer = JSON.parse(stdout) as {
    readonly verdict: string;
    readonly risks: readonly { readonly id: string }[];
    readonly digest: string;
  };
  expect(answer).toMatchObject({ verdict: "above", allowed: "medium", outcome: "changes" });
  expect(answer.risks.map(({ id }) => id)).toEqual([ID]);
  expect(readFileSync(path("report.html"), "utf8")).toContain("aws_s3_bucket");
  expect(readFileSync(path("report.md"), "utf8")).toContain(answer.digest);
});

test("says in the words of both models who needs what", () => {
  const name = "k8s-edge-added";
  const models = ["base", "head"].flatMap((side) => [
    `--${side}`,
    file(`${side}.json`, recordedText(`${name}.${side}.model.json`)),
  ]);
  const { status, stdout } = report(
    file("demo.json", recordedText(`${name}.json`)),
    ...models,
    "--source",
    "https://example.com/blob/main/",
  );
  expect(status).toBe(0);
  expect(stdout).toContain("**shop / web** (http): may now call api");
  expect(stdout).toContain(
    "**shop / api** lets in pods app=shop-web on port 3000, in the same change as: shop / web may now call api",
  );
});

test.each([
  [
    "no plan",
    () => [file("staging.json", '{"format_version": "1.2", "values": {}}')],
    /^.*staging\.json: is a state, and no plan; give what .*\n$/,
  ],
  [
    "a plan that is cut short",
    () => [file("staging.json", planJson([]).slice(0, 50))],
    /^.*staging\.json: is no JSON, or cut short; .*\n$/,
  ],
  ["a file that is not there", () => [path("absent.json")], /^.*absent\.json: cannot be read, ENOENT; name a file\n$/],
  [
    "a model that is none",
    () => [plan("staging.json"), "--base", file("base.json", "{")],
    /^.*base\.json: is no JSON; give the model\.json of a synthesis\n$/,
  ],
  ["a level that is none", () => [plan("staging.json"), "--allow", "hgih"], /^--allow: got "hgih"; use .*\n$/],
  [
    "an address that ends a link",
    () => [plan("staging.json"), "--source", "https://example.com/) [x](https://evil"],
    /^--source: got .*; give an address .*\n$/,
  ],
  [
    "acknowledgements that are none",
    () => [plan("staging.json"), "--acknowledged", file("a.json", "[]")],
    /^.*a\.json: acknowledged: is no list; .*\n$/,
  ],
])("%s: one line, exit code 2, and nothing is written", (_, args, said) => {
  const { status, stdout, stderr } = report(...args(), "--html", path("never.html"));
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(said);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  expect(existsSync(path("never.html"))).toBe(false);
});

describe("compare", () => {
  const synthesis = (name: string, text: string): string => {
    const folder = join(path(name), "stacks", "staging");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "cdk.tf.json"), text);
    return path(name);
  };
  const stack = (name: string): string =>
    JSON.stringify({ terraform: {}, resource: { aws_s3_bucket: { uploads: { bucket: name } } } });
  const compare = (...args: readonly string[]) => run("compare", ...args);

  test("tells how two syntheses differ, and exits as a report does", () => {
    const [base, head] = [synthesis("base", stack("a")), synthesis("head", stack("b"))];
    const { status, stdout, stderr } = compare(base, head);
    expect([status, stderr]).toEqual([1, ""]);
    expect(stdout).toContain("## Comparison of what is synthesized, and no plan, of staging: 1 risk above medium");
    expect(compare(base, head, "--allow", "critical", "--detailed-exitcode").status).toBe(3);
    expect(compare(base, base)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("nothing changes") as string,
    });
    const json = JSON.parse(compare(base, head, "--json").stdout) as object;
    expect(json).toMatchObject({ of: "stacks", verdict: "above" });
    expect(json).not.toHaveProperty("digest");
  });

  test("refuses stacks that the last synthesis left of others, on each side, and knows nothing where no manifest says so", () => {
    const [base, head] = [synthesis("left", stack("a")), synthesis("all", stack("a"))];
    expect(compare(base, head).status).toBe(0);
    const page = path("left.html");
    for (const folder of [base, head]) {
      cpSync(join(folder, "stacks/staging"), join(folder, "stacks/production"), { recursive: true });
      writeFileSync(join(folder, "manifest.json"), JSON.stringify({ version: "1", stacks: { staging: {} } }));
    }
    const line =
      "has production of a synthesis before the last one; remove the folder, and synthesize the same environments on both sides";
    expect(compare(base, head, "--html", page)).toEqual({
      status: 2,
      stdout: "",
      stderr: `${base}: ${line}\n${head}: ${line}\n`,
    });
    expect(existsSync(page)).toBe(false);
    writeFileSync(join(base, "manifest.json"), JSON.stringify({ stacks: { staging: {}, production: {} } }));
    expect(compare(base, base).status).toBe(0);
    for (const odd of ["{", "[]", "{}"]) {
      writeFileSync(join(base, "manifest.json"), odd);
      expect({ odd, status: compare(base, base).status }).toEqual({ odd, status: 0 });
    }
  });

  test("refuses what is no synthesis in one line, and writes nothing", () => {
    const base = synthesis("whole", stack("a"));
    const broken = synthesis("broken", '{"secret": "abc');
    const page = path("refused.html");
    expect(compare(base, path("nowhere"), "--html", page)).toEqual({
      status: 2,
      stdout: "",
      stderr: `${path("nowhere")}: has no stack; give the cdktf.out of a synthesis, with stacks/<name>/cdk.tf.json\n`,
    });
    const { status, stderr } = compare(base, broken, "--html", page);
    expect([status, stderr.split("\n").length]).toEqual([2, 2]);
    expect(stderr).toContain("cdk.tf.json: is no JSON, or cut short");
    expect(stderr).not.toContain("abc");
    expect(existsSync(page)).toBe(false);
    expect(compare(base).status).toBe(2);
  });
});
