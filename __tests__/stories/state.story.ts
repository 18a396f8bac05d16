import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { staging } from "../../environments/staging";
import { standIn } from "../../scripts/engine/stand-in";
import { storyEngine } from "./support/engine";
import { stackOf } from "./support/stacks";

/*
 * The state of `state-<env>`, which moves out of a file into the place that the stack makes. Two files stand for the two
 * places; the commands are those that `cdktf deploy` runs, and those that `docs/operations/state.md` gives.
 */

const folder = mkdtempSync(join(tmpdir(), "goldenpath-state-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const stack = stackOf("state-staging", staging);
const bucket = join(folder, "bucket.tfstate");

/** A machine with the synthesized stack and, until it moved, with a file of its own. */
class Runner {
  readonly file: string;
  readonly #folder: string;

  constructor(name: string) {
    this.#folder = join(folder, name);
    this.file = join(folder, `${name}.tfstate`);
    mkdirSync(this.#folder);
  }

  synthesize(stateIn: "file" | "bucket"): this {
    const json = standIn(stack, stateIn === "file" ? this.file : bucket);
    writeFileSync(join(this.#folder, "cdk.tf.json"), JSON.stringify(json));
    return this;
  }

  run(...args: readonly string[]): { readonly code: number; readonly text: string } {
    try {
      const options = {
        cwd: this.#folder,
        encoding: "utf8",
        stdio: "pipe",
        env: { PATH: process.env["PATH"], CHECKPOINT_DISABLE: "1" },
      } as const;
      return { code: 0, text: execFileSync(storyEngine(), [...args, "-no-color"], options) };
    } catch (error) {
      const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
      return { code: status, text: stdout + stderr };
    }
  }

  /** 0 without a change, 2 with some. */
  plan = (): number => this.run("plan", "-input=false", "-detailed-exitcode").code;
}

const resources = (file: string): number =>
  (JSON.parse(readFileSync(file, "utf8")) as { resources: readonly unknown[] }).resources.length;

test("the state of the state moves into the place it made, and whoever comes next finds it there", () => {
  const first = new Runner("first").synthesize("file");
  expect(first.run("init", "-input=false").code).toBe(0);
  expect(first.run("apply", "-input=false", "-auto-approve").code).toBe(0);
  const before = resources(first.file);
  expect(before).toBeGreaterThan(5);

  // Another machine before the move: it would create everything again.
  const early = new Runner("early").synthesize("file");
  expect(early.run("init", "-input=false").code).toBe(0);
  expect(early.plan()).toBe(2);

  first.synthesize("bucket");
  const without = first.run("init", "-input=false");
  expect(without.code).not.toBe(0);
  expect(without.text).toMatch(/-migrate-state/);
  expect(existsSync(bucket)).toBe(false);
  expect(first.run("init", "-migrate-state", "-force-copy").code).toBe(0);
  expect(resources(bucket)).toBe(before);
  expect(first.plan()).toBe(0);

  rmSync(first.file, { force: true });
  expect(first.plan()).toBe(0);
  const next = new Runner("next").synthesize("bucket");
  expect(next.run("init", "-input=false").code).toBe(0);
  expect(next.plan()).toBe(0);
});

test("a file without the folder that wrote it is pushed", () => {
  const first = new Runner("writer").synthesize("file");
  expect(first.run("init", "-input=false").code).toBe(0);
  expect(first.run("apply", "-input=false", "-auto-approve").code).toBe(0);
  rmSync(bucket, { force: true });

  const fresh = new Runner("fresh");
  copyFileSync(first.file, fresh.file);
  fresh.synthesize("bucket");
  expect(fresh.run("init", "-input=false").code).toBe(0);
  expect(fresh.plan()).toBe(2);
  expect(
    execFileSync(storyEngine(), ["state", "push", fresh.file], { cwd: join(folder, "fresh"), stdio: "pipe" }),
  ).toBeDefined();
  expect(fresh.plan()).toBe(0);
});
