import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EnvironmentSpec } from "../../../../constructs/environment";
import { type Model, modelOf } from "../../../../constructs/report/models";
import type { Report } from "../../../../constructs/report/report";
import { readStack, type WrittenStack } from "../../../../constructs/report/stacks/read-stack";
import { compareStacks } from "../../../../constructs/report/stacks/report-stacks";
import { synthesizeEnvironments } from "../../../../stacks/synthesis";

/** What a synthesis writes of environments: their stacks, and the model. */
export interface Synthesis {
  readonly stacks: Readonly<Record<string, WrittenStack>>;
  readonly model: Model;
}

/** Synthesizes environments into a folder of its own, and reads what is there. */
export function synthesisOf(environments: readonly EnvironmentSpec[]): Synthesis {
  const outdir = mkdtempSync(join(tmpdir(), "goldenpath-compared-"));
  try {
    synthesizeEnvironments({ environments, names: [], outdir });
    const text = (...path: readonly string[]): string => readFileSync(join(outdir, ...path), "utf8");
    const names = readdirSync(join(outdir, "stacks"));
    return {
      stacks: Object.fromEntries(names.map((name) => [name, readStack(text("stacks", name, "cdk.tf.json"))])),
      model: modelOf(JSON.parse(text("model.json"))),
    };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** What is told of the way from one synthesis to another. */
export const reportBetween = (base: Synthesis, head: Synthesis): Report =>
  compareStacks({ base: base.stacks, head: head.stacks, models: { base: base.model, head: head.model } });
