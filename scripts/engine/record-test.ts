import { App, LocalBackend, TerraformStack } from "cdktf";
import { join } from "node:path";
import { engine } from "./engine";
import type { Verdict } from "./stack-test";

/** What an environment says, one step after the other. */
export interface RecordTest {
  readonly stack: string;
  readonly steps: readonly Step[];
}

export interface Step {
  readonly what: string;
  readonly record: (stack: TerraformStack) => void;
  /** What a plan of it must come to. */
  readonly plan: "changes" | "nothing" | RegExp;
}

/** What was recorded in the state changes, stays or stops a plan. Needs no provider. */
export async function testRecord(binary: string, work: string, { stack, steps }: RecordTest): Promise<Verdict> {
  const started = process.hrtime.bigint();
  for (const { what, record, plan } of steps) {
    const folder = synthesize(work, stack, record);
    const prepared = await engine(binary, folder, ["init", "-input=false"]);
    const { ok, text } = prepared.ok ? await engine(binary, folder, ["plan", "-input=false"]) : prepared;
    const empty = /No changes\./.test(text);
    // Lines of an error are framed, and broken where they are long.
    const said = text.replace(/[│╷╵\s]+/g, " ");
    const right = typeof plan === "string" ? ok && empty === (plan === "nothing") : !ok && plan.test(said);
    if (!right) return { stack, result: "failed", step: what, text };
    if (plan !== "changes") continue;
    const applied = await engine(binary, folder, ["apply", "-auto-approve", "-input=false"]);
    if (!applied.ok) return { stack, result: "failed", step: what, text: applied.text };
  }
  return { stack, result: "passed", seconds: Number(process.hrtime.bigint() - started) / 1e9 };
}

function synthesize(work: string, name: string, record: Step["record"]): string {
  const app = new App({ outdir: join(work, name), stackTraces: false });
  const stack = new TerraformStack(app, name);
  new LocalBackend(stack, { path: join(work, `${name}.tfstate`) });
  record(stack);
  app.synth();
  return join(work, name, "stacks", name);
}
