import { App, LocalBackend, TerraformStack } from "cdktf";
import { join } from "node:path";
import { type Placed, recordPlacement } from "../../constructs/clouds/shared/placement-record";
import { engine } from "./engine";
import type { Verdict } from "./stack-test";

const STACK = "placement-record";
const CREATED: Placed = {
  name: "orders-db",
  kind: "mysql",
  placement: "managed",
  moves: false,
  environment: "production",
  application: "my-app",
};
const MOVED: Placed = { ...CREATED, placement: "in-cluster" };

/** What an environment says one after the other, and what a plan of it must come to. */
const STEPS: readonly (readonly [what: string, placed: Placed, plan: "changes" | "nothing" | RegExp])[] = [
  ["create", CREATED, "changes"],
  ["plan again", CREATED, "nothing"],
  ["place it elsewhere", MOVED, /got "in-cluster", but the cloud runs it \(managed\).* 7\. start what was stopped/],
  ["confirm that by name", { ...MOVED, moves: true }, "changes"],
  ["take the confirmation off", MOVED, "nothing"],
  ["go back", CREATED, /got "managed", but it runs in the cluster \(in-cluster\)/],
];

/** A service's placement changes when it is confirmed, and only then. Needs no provider. */
export async function testPlacement(binary: string, work: string): Promise<Verdict> {
  const started = process.hrtime.bigint();
  for (const [step, placed, wanted] of STEPS) {
    const folder = synthesize(work, placed);
    const prepared = await engine(binary, folder, ["init", "-input=false"]);
    const { ok, text } = prepared.ok ? await engine(binary, folder, ["plan", "-input=false"]) : prepared;
    const empty = /No changes\./.test(text);
    // Lines of an error are framed, and broken where they are long.
    const said = text.replace(/[│╷╵\s]+/g, " ");
    const right = typeof wanted === "string" ? ok && empty === (wanted === "nothing") : !ok && wanted.test(said);
    if (!right) return { stack: STACK, result: "failed", step, text };
    if (wanted !== "changes") continue;
    const applied = await engine(binary, folder, ["apply", "-auto-approve", "-input=false"]);
    if (!applied.ok) return { stack: STACK, result: "failed", step, text: applied.text };
  }
  return { stack: STACK, result: "passed", seconds: Number(process.hrtime.bigint() - started) / 1e9 };
}

function synthesize(work: string, placed: Placed): string {
  const app = new App({ outdir: join(work, STACK), stackTraces: false });
  const stack = new TerraformStack(app, STACK);
  new LocalBackend(stack, { path: join(work, `${STACK}.tfstate`) });
  recordPlacement(stack, placed);
  app.synth();
  return join(work, STACK, "stacks", STACK);
}
