import { App } from "cdktf";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EnvironmentSpec } from "../../../constructs/environment";
import { loadEnvironments } from "../../../constructs/model/load";
import { withoutStackTraces } from "../../../constructs/terraform/without-stack-traces";
import type { Stack } from "../../../scripts/engine/stand-in";
import { createStacks } from "../../../stacks";

/** Every stack of the environments by its name, as `npm run synth` writes it. */
export function stacksOf(...specs: readonly EnvironmentSpec[]): ReadonlyMap<string, Stack> {
  const outdir = mkdtempSync(join(tmpdir(), "goldenpath-"));
  try {
    const app = new App({ outdir, stackTraces: false });
    withoutStackTraces(() => {
      createStacks(app, loadEnvironments(specs));
      app.synth();
    });
    const { stacks } = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as { stacks: object };
    return new Map(Object.keys(stacks).map((name) => [name, read(outdir, name)]));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** One of them. */
export function stackOf(name: string, ...specs: readonly EnvironmentSpec[]): Stack {
  const stack = stacksOf(...specs).get(name);
  if (stack === undefined) throw new Error(`no stack ${name}`);
  return stack;
}

const read = (outdir: string, name: string): Stack =>
  JSON.parse(readFileSync(join(outdir, "stacks", name, "cdk.tf.json"), "utf8")) as Stack;
