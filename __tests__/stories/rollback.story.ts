import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/*
 * `goldenpath rollback` where Terraform releases, in a clone of this repository with a history of its own: real commits, synthesized as they
 * were. What would reach a cluster or a cloud is a program that writes down how it was called.
 */

const ROOT = join(__dirname, "..", "..");

const folder = mkdtempSync(join(tmpdir(), "goldenpath-back-"));
const [clone, bin, calls] = [join(folder, "clone"), join(folder, "bin"), join(folder, "calls")];

const env = {
  PATH: `${bin}:${process.env.PATH ?? ""}`,
  HOME: folder,
  GIT_CONFIG_GLOBAL: "/dev/null",
  ...Object.fromEntries(
    ["AUTHOR", "COMMITTER"].flatMap((who) => [
      [`GIT_${who}_NAME`, "a"],
      [`GIT_${who}_EMAIL`, "a@example.com"],
    ]),
  ),
};

function git(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync("git", args, { cwd: clone, env, encoding: "utf8" });
  if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
  return stdout.trim();
}

function rollback(...args: readonly string[]) {
  rmSync(calls, { force: true });
  const command = [join(clone, "cli", "goldenpath.mjs"), "rollback", ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: clone, env, encoding: "utf8" });
  return { status, stdout, stderr, calls: existsSync(calls) ? readFileSync(calls, "utf8").trimEnd().split("\n") : [] };
}

/** The same on a terminal, where somebody says yes. Both streams are one there. */
function rollbackOnTerminal(...args: readonly string[]) {
  rmSync(calls, { force: true });
  const command = [process.execPath, join(clone, "cli", "goldenpath.mjs"), "rollback", ...args].join(" ");
  const { status, stdout } = spawnSync("script", ["--quiet", "--return", "--command", command, "/dev/null"], {
    cwd: clone,
    env,
    encoding: "utf8",
    input: "y\n",
  });
  return { status, stdout, calls: existsSync(calls) ? readFileSync(calls, "utf8").trimEnd().split("\n") : [] };
}

const APPLICATION = "environments/my-app.ts";

/** Writes another tag of the application's images, or whatever, and commits it. */
function commit(file: string, change: (text: string) => string, subject: string): string {
  const path = join(clone, file);
  const text = readFileSync(path, "utf8");
  const changed = change(text);
  if (changed === text) throw new Error(`${file}: nothing changed`);
  writeFileSync(path, changed);
  git("commit", "--quiet", "--all", "--message", subject);
  return git("rev-parse", "HEAD");
}

const tag = (from: string, to: string) => (text: string) => text.replaceAll(from, to);

beforeAll(() => {
  mkdirSync(bin);
  for (const program of ["npx", "kubectl"]) {
    writeFileSync(join(bin, program), `#!/bin/sh\necho "${program} $*" >> "${calls}"\n`);
    chmodSync(join(bin, program), 0o755);
  }
  // What is in the working tree, so that a change is tested before it is committed.
  mkdirSync(clone);
  const files = spawnSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], {
    cwd: ROOT,
    encoding: "utf8",
  }).stdout;
  const copied = spawnSync("tar", ["-c", "--null", "--ignore-failed-read", "-T", "-"], {
    cwd: ROOT,
    input: files,
    maxBuffer: 2 ** 28,
  });
  spawnSync("tar", ["-x"], { cwd: clone, input: copied.stdout });
  symlinkSync(join(ROOT, "node_modules"), join(clone, "node_modules"));
  git("init", "--quiet", "--initial-branch", "main");
  // A link, which is no folder to the file that leaves those out.
  writeFileSync(join(clone, ".git", "info", "exclude"), "node_modules\n");
  git("add", "--all");
  git("commit", "--quiet", "--message", "the first");
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("no commit changed the environment: nothing to go back to", () => {
  expect(rollback("staging")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("changed the stack staging; name the commit to go back to with --to") as string,
  });
});

test("the newest commit that changed this environment, and not one that changed another", () => {
  const released = commit(APPLICATION, tag("v1.2.3", "v2.0.0"), "release v2.0.0");
  commit("environments/production.ts", tag("platform@example.com", "others@example.com"), "production alone");
  const { status, stdout, calls: called } = rollback("staging");
  expect({ status, called }).toEqual({ status: 0, called: [] });
  expect(stdout).toContain(`- ${released.slice(0, 12)} release v2.0.0`);
  expect(stdout).not.toContain("production alone");
  expect(stdout).toMatch(/- backend: \S+:v2\.0\.0 → \S+:v1\.2\.3/);
  expect(stdout).toContain(`  git revert --no-edit ${released.slice(0, 12)}\n  npx cdktf deploy staging\n`);
});

test("with something uncommitted it does nothing", () => {
  const file = join(clone, "environments/local.ts");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, `${text}// here\n`);
  const head = git("rev-parse", "HEAD");
  const { status, stdout, calls: called } = rollbackOnTerminal("staging", "--run");
  expect({ status, called, head: git("rev-parse", "HEAD") }).toEqual({ status: 1, called: [], head });
  expect(stdout).toContain("environments/local.ts: changed and not committed");
  writeFileSync(file, text);
});

test("nobody is there to look at what a plan deletes: it does nothing", () => {
  const head = git("rev-parse", "HEAD");
  expect(rollback("staging", "--run", "--yes")).toMatchObject({
    status: 2,
    calls: [],
    stderr: expect.stringContaining("cdktf deploy asks when it has planned; leave --yes out") as string,
  });
  expect(git("rev-parse", "HEAD")).toBe(head);
});

test("it reverts and deploys, and the deploy asks for itself", () => {
  const { status, stdout, calls: called } = rollbackOnTerminal("staging", "--run");
  expect([status, called]).toEqual([0, ["npx cdktf deploy staging"]]);
  expect(readFileSync(join(clone, APPLICATION), "utf8")).toContain("v1.2.3");
  expect(stdout).toMatch(/Back after \d+ s\./);
});

test("passwords that a commit raised are not lowered by taking it back", () => {
  const text = readFileSync(join(clone, "environments/staging-on.ts"), "utf8");
  const raised = text.replace(
    "workloads: {\n",
    'services: { "orders-db": { passwords: 2 } },\n            workloads: {\n',
  );
  commit("environments/staging-on.ts", () => raised, "rotate");
  const { status, stderr } = rollback("staging");
  expect(status).toBe(1);
  expect(stderr).toContain("orders-db: passwords would go back to 1");
  git("reset", "--quiet", "--hard", "HEAD^");
});

test("twice: neither the release nor what took it back is taken back again", () => {
  expect(rollback("staging").status).toBe(1);
});

test("a branch that was merged is taken back whole, and a named commit is gone back to", () => {
  const before = git("rev-parse", "HEAD");
  git("switch", "--quiet", "--create", "feature");
  commit(APPLICATION, tag("v1.2.3", "v3.0.0"), "half of it");
  commit(APPLICATION, tag("v3.0.0", "v3.0.1"), "the other half");
  git("switch", "--quiet", "main");
  git("merge", "--quiet", "--no-ff", "--message", "merge of feature", "feature");
  const merge = git("rev-parse", "HEAD").slice(0, 12);
  expect(rollback("staging").stdout).toContain(`  git revert --no-edit -m 1 ${merge}\n`);
  const last = commit(APPLICATION, tag("v3.0.1", "v4.0.0"), "release v4.0.0").slice(0, 12);
  const { stdout } = rollback("staging", "--to", before);
  expect(stdout).toContain(`  git revert --no-edit ${last}\n  git revert --no-edit -m 1 ${merge}\n`);
  expect(stdout).toMatch(/- backend: \S+:v4\.0\.0 → \S+:v1\.2\.3/);
});

test("a deploy that fails: it says what was made stays, and exits with 1", () => {
  writeFileSync(join(bin, "npx"), `#!/bin/sh\nexit 1\n`);
  const { status, stdout } = rollbackOnTerminal("staging", "--run");
  expect(status).toBe(1);
  expect(stdout).toContain("the deploy did not end well");
  expect(git("log", "-1", "--format=%s")).toBe('Revert "release v4.0.0"');
});

test("a commit that is none", () => {
  expect(rollback("staging", "--to", "nothing")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("git rev-parse") as string,
  });
});
