import { spawn, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

/*
 * What a folder of stacks looks like after each synthesis into it: all of the new one or all of the one before, and in
 * either case what an engine keeps there.
 */

const ROOT = resolve(__dirname, "..", "..");
const PROGRAM = ["scripts/run.mjs", "__tests__/fixtures/slow.ts"];

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "goldenpath-synthesize-"));
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

const path = (file: string): string => join(home, file);
const env = () => ({ PATH: process.env.PATH, HOME: process.env.HOME, CDKTF_OUTDIR: path("cdktf.out") });

function synth(...args: readonly string[]) {
  const { status, stderr } = spawnSync(process.execPath, [...PROGRAM, ...args], {
    cwd: ROOT,
    encoding: "utf8",
    env: env(),
  });
  return { status, stderr };
}

const WELL = { status: 0, stderr: "" };

function write(file: string, text = file): void {
  mkdirSync(dirname(path(file)), { recursive: true });
  writeFileSync(path(file), text);
}

/** Every file below a folder with its content, and every folder. */
function tree(folder = "cdktf.out"): Record<string, string> {
  const names = readdirSync(path(folder), { recursive: true, encoding: "utf8" }).sort();
  return Object.fromEntries(
    names.map((name) => {
      const at = join(path(folder), name);
      return [name, statSync(at).isDirectory() ? "folder" : readFileSync(at, "utf8")];
    }),
  );
}

function words(): string[] {
  return readdirSync(path("cdktf.out/stacks"))
    .map((stack) => path(`cdktf.out/stacks/${stack}/cdk.tf.json`))
    .filter((file) => existsSync(file))
    .map(
      (file) => JSON.parse(readFileSync(file, "utf8")) as { resource: { terraform_data: { word: { input: string } } } },
    )
    .map(({ resource }) => resource.terraform_data.word.input);
}

/** What an engine and people keep in a stack's folder, and the state beside `cdktf.out`. */
const KEPT = [
  "cdktf.out/stacks/first/.terraform/providers/a",
  "cdktf.out/stacks/first/.terraform/terraform.tfstate",
  "cdktf.out/stacks/first/.terraform.lock.hcl",
  "cdktf.out/stacks/first/errored.tfstate",
  "cdktf.out/stacks/first/terraform.tfstate",
  "cdktf.out/stacks/first/plan",
  "cdktf.out/notes.txt",
  "terraform.state-staging.tfstate",
];

test("what an engine keeps in a stack's folder is there after every synthesis, in the same folder", () => {
  expect(synth("one")).toEqual(WELL);
  for (const file of KEPT) write(file);
  const folder = statSync(path("cdktf.out/stacks/first")).ino;
  expect(synth("two")).toEqual(WELL);
  expect(synth("two", "first,last,more")).toEqual(WELL);
  expect(synth("six", "first")).toEqual(WELL);
  expect(words()).toEqual(["six"]);
  for (const file of KEPT) expect(readFileSync(path(file), "utf8")).toBe(file);
  // A running engine has it for its working directory.
  expect(statSync(path("cdktf.out/stacks/first")).ino).toBe(folder);
  expect(readdirSync(home).sort()).toEqual(["cdktf.out", "terraform.state-staging.tfstate"]);
});

const ENGINE = ["tofu", "terraform"].find((name) => spawnSync(name, ["version"]).status === 0);

(ENGINE === undefined ? test.skip : test)(
  "an engine goes on with its state and without another init",
  () => {
    const engine = (...args: readonly string[]): string => {
      const cwd = path("cdktf.out/stacks/first");
      const { status, stdout, stderr } = spawnSync(ENGINE ?? "", [...args, "-no-color", "-input=false"], {
        cwd,
        encoding: "utf8",
      });
      return status === 0 ? stdout : `${stdout}${stderr}`;
    };
    expect(synth("one")).toEqual(WELL);
    expect(engine("init")).toContain("successfully initialized");
    expect(engine("apply", "-auto-approve")).toContain("1 added, 0 changed, 0 destroyed");
    expect(existsSync(path("terraform.first.tfstate"))).toBe(true);
    expect(synth("two")).toEqual(WELL);
    expect(engine("plan")).toContain("0 to add, 1 to change, 0 to destroy");
    expect(synth("two", "first,last", "fail").status).toBe(1);
    expect(engine("apply", "-auto-approve")).toContain("0 added, 1 changed, 0 destroyed");
    expect(synth("two", "last,other")).toEqual(WELL);
    expect(readFileSync(path("terraform.first.tfstate"), "utf8")).toContain('"two"');
    // The environment is back: so is what it had.
    expect(synth("two")).toEqual(WELL);
    expect(engine("init")).toContain("successfully initialized");
    expect(engine("plan")).toContain("No changes.");
  },
  60_000,
);

test("a synthesis that fails in its last stack leaves everything as it was", () => {
  expect(synth("one")).toEqual(WELL);
  for (const file of KEPT) write(file);
  const before = tree(".");
  const { status, stderr } = synth("two", "first,last", "fail");
  expect(status).toBe(1);
  expect(stderr).toMatch(/^Error: in the last stack\n {4}at held \(__tests__\/fixtures\/slow\.ts:\d+:\d+\)/);
  expect(tree(".")).toEqual(before);
});

test("a first synthesis that fails leaves nothing", () => {
  expect(synth("two", "first,last", "fail").status).toBe(1);
  expect(readdirSync(home)).toEqual([]);
});

test.each(["SIGKILL", "SIGTERM", "SIGINT"] as const)(
  "a synthesis that %s ends in the middle leaves the folder as it was, and the next one removes what it left",
  async (signal) => {
    expect(synth("one")).toEqual(WELL);
    const before = tree();
    const child = spawn(process.execPath, [...PROGRAM, "two", "first,last", "wait", path("ready"), path("go")], {
      cwd: ROOT,
      env: env(),
    });
    const ended = new Promise((done) =>
      child.once("exit", (_, by) => {
        done(by);
      }),
    );
    while (!existsSync(path("ready"))) await new Promise((done) => setTimeout(done, 20));
    // It has written a stack already, elsewhere.
    const half = readdirSync(home, { recursive: true, encoding: "utf8" }).filter((file) =>
      file.endsWith("cdk.tf.json"),
    );
    expect(half).toHaveLength(3);
    child.kill(signal);
    expect(await ended).toBe(signal);
    expect(tree()).toEqual(before);
    expect(synth("six")).toEqual(WELL);
    expect(words()).toEqual(["six", "six"]);
    expect(readdirSync(home).sort()).toEqual(["cdktf.out", "ready"]);
  },
);

/** What a process leaves that is killed between two of its renames: the claim, the list of changes, the rest of the files. */
function killedWhileSwapping(): void {
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  const next = "cdktf.out.next";
  write(`${next}/owner.json`, JSON.stringify({ host: hostname(), pid }));
  const whole = mkdtempSync(join(home, "whole-"));
  const other = { cwd: ROOT, env: { ...env(), CDKTF_OUTDIR: join(whole, "out") } };
  expect(spawnSync(process.execPath, [...PROGRAM, "two", "first,last"], other).status).toBe(0);
  const written = ["stacks/first/cdk.tf.json", "stacks/last/cdk.tf.json", "manifest.json"];
  for (const file of written) cpSync(join(whole, "out", file), path(`${next}/files/${file}`));
  const removed = ["stacks/old/cdk.tf.json"];
  write(`${next}/changes.json`, JSON.stringify({ written, removed, emptied: ["stacks/old"] }));
  // The first of them is in its place.
  rmSync(path("cdktf.out/stacks/first/cdk.tf.json"));
  cpSync(path(`${next}/files/stacks/first/cdk.tf.json`), path("cdktf.out/stacks/first/cdk.tf.json"));
  rmSync(path(`${next}/files/stacks/first/cdk.tf.json`));
  rmSync(whole, { recursive: true });
}

test("what was killed between two renames is finished by the next synthesis, even by one that fails", () => {
  expect(synth("one", "first,last,old")).toEqual(WELL);
  killedWhileSwapping();
  expect(words()).toEqual(["two", "one", "one"]);
  expect(synth("six", "first,last", "fail").status).toBe(1);
  expect(words()).toEqual(["two", "two"]);
  expect(readdirSync(path("cdktf.out/stacks"))).toEqual(["first", "last"]);
  expect(readdirSync(home)).toEqual(["cdktf.out"]);
});

test("of syntheses at a time the folder holds one, whole", async () => {
  const all = ["one", "two", "six", "ten"].map(
    (word) =>
      new Promise((done) => {
        const names = `first,last,${word}`;
        spawn(process.execPath, [...PROGRAM, word, names], { cwd: ROOT, env: env() }).once("exit", done);
      }),
  );
  expect(await Promise.all(all)).toEqual([0, 0, 0, 0]);
  expect(new Set(words()).size).toBe(1);
  const [word = ""] = words();
  expect(readdirSync(path("cdktf.out/stacks")).sort()).toEqual(["first", "last", word].sort());
  const { stacks } = JSON.parse(readFileSync(path("cdktf.out/manifest.json"), "utf8")) as { stacks: object };
  expect(Object.keys(stacks).sort()).toEqual(["first", "last", word].sort());
  expect(readdirSync(home)).toEqual(["cdktf.out"]);
}, 60_000);

test("a stack that is no more goes with what an engine makes again; what else is there stays and is named", () => {
  expect(synth("one", "first,last,old,older")).toEqual(WELL);
  for (const stack of ["old", "older"]) write(`cdktf.out/stacks/${stack}/.terraform/providers/a`);
  write("cdktf.out/stacks/older/terraform.tfstate");
  write("cdktf.out/stacks/mine/README.md");
  const folder = path("cdktf.out/stacks/older");
  const warning = `warning: ${folder}: no such stack any more; look at what is left there, and remove it\n`;
  expect(synth("two")).toEqual({ status: 0, stderr: warning });
  expect(readdirSync(path("cdktf.out/stacks")).sort()).toEqual(["first", "last", "mine", "older"]);
  expect(readdirSync(path("cdktf.out/stacks/older"))).toEqual(["terraform.tfstate"]);
});

test("a synthesis of some leaves the folders of the others as they were", () => {
  expect(synth("one", "first,last")).toEqual(WELL);
  write("cdktf.out/stacks/last/.terraform/providers/a");
  const before = tree();
  expect(synth("two", "first", "partial")).toEqual(WELL);
  const after = tree();
  const written = { "manifest.json": "", "stacks/first/cdk.tf.json": "" };
  expect({ ...after, ...written }).toEqual({ ...before, ...written });
  expect(words()).toEqual(["two", "one"]);
  expect(Object.keys((JSON.parse(after["manifest.json"] ?? "") as { stacks: object }).stacks)).toEqual(["first"]);
});

test("what is in the way is said before anything is changed, all of it", () => {
  expect(synth("one", "first")).toEqual(WELL);
  write("cdktf.out/stacks/last", "a file");
  rmSync(path("cdktf.out/manifest.json"));
  write("cdktf.out/manifest.json/inside");
  const before = tree(".");
  const { status, stderr } = synth("two");
  expect(status).toBe(1);
  expect(stderr.split("\n")).toEqual([
    `output: got "${path("cdktf.out/manifest.json")}", is a folder, and a file belongs there; remove or rename it`,
    `output: got "${path("cdktf.out/stacks/last")}", is a file, and a folder belongs there; remove or rename it`,
    "",
    "2 problems, nothing was written",
    "",
  ]);
  expect(tree(".")).toEqual(before);
});
