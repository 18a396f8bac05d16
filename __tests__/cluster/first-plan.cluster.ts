import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Fields } from "../../constructs/plan/object";
import type { Plan } from "../../constructs/plan/plan";
import { readPlan } from "../../constructs/plan/read-plan";
import { reviewed } from "../../constructs/plan/reviewed";
import { unseen } from "../../constructs/plan/seen";
import { readStack } from "../../constructs/plan/stack-blocks";
import { withStandIns } from "../../constructs/plan/stand-ins";
import { type EngineRun, engineRuns } from "./support/engine-runs";
import { installOperators } from "./support/installed-operators";

/*
 * The Kubernetes half of every shipped environment, planned while no API server answers, by the real provider; and once one does, with all that is
 * in it. What was reviewed of the first has to be what the second does. Where there is no engine, or it gets no providers, it says so and proves nothing.
 */

// Six stacks, one after the other, beside whatever else runs.
jest.setTimeout(600_000);

const { ready, absent } = engineRuns();

for (const reason of absent) {
  process.stderr.write(`\nNO ENGINE RAN: ${reason}\n`);
  test.skip(`did not run: ${reason.split("\n", 1)[0] ?? ""}`, () => undefined);
}

/** Nothing listens there. */
const NOBODY = "https://127.0.0.1:1";

const said = async (run: EngineRun, folder: string, ...args: readonly string[]): Promise<string> => {
  const { ok, text } = await run.runIn(folder, ...args);
  if (!ok) throw new Error(`${run.stack}: ${args.join(" ")}: ${text}`);
  return text;
};

/** A folder with a stack and a state of its own, which other files of tests have nothing in. */
async function folderOf(run: EngineRun, name: string, stack: Fields): Promise<string> {
  const folder = join(run.folder, "..", "..", name, run.stack);
  mkdirSync(folder, { recursive: true });
  const { terraform } = stack;
  writeFileSync(
    join(folder, "cdk.tf.json"),
    JSON.stringify({ ...stack, terraform: { ...(terraform as object), backend: { local: {} } } }),
  );
  await said(run, folder, "init", "-input=false", "-no-color");
  return folder;
}

const stackOf = (run: EngineRun): Fields => readStack(readFileSync(join(run.folder, "cdk.tf.json"), "utf8"));

/** The stack as it can be planned before anything is there, and no way to the control plane. */
function firstFolder(run: EngineRun): Promise<string> {
  const { stack } = withStandIns({ stack: stackOf(run), missing: { [`${run.stack}-platform`]: {} } });
  const provider = { ...(stack.provider as object), kubernetes: [{ host: NOBODY }] };
  return folderOf(run, "first", { ...stack, provider });
}

async function planIn(run: EngineRun, folder: string): Promise<Plan> {
  await said(run, folder, "plan", "-input=false", "-lock=false", "-no-color", "-out=plan.bin");
  const text = await said(run, folder, "show", "-json", "plan.bin");
  return readPlan(text.slice(text.indexOf("{")));
}

(ready.length > 0 ? describe : describe.skip)(`a first plan, ${ready.length} stacks`, () => {
  const first = new Map<string, Plan>();

  test("is made where no API server answers, and takes for true what it could not ask", async () => {
    for (const run of ready) {
      const plan = await planIn(run, await firstFolder(run));
      first.set(run.stack, plan);
      expect(plan.changes.some(({ type }) => type === "kubernetes_manifest")).toBe(true);
      expect(plan.first?.assumptions.length).toBeGreaterThan(0);
    }
  });

  test("is applied by nobody: nothing is made", async () => {
    for (const run of ready) {
      const folder = join(run.folder, "..", "..", "first", run.stack);
      const { ok, text } = await run.runIn(folder, "apply", "-auto-approve", "-no-color");
      expect([ok, text]).toEqual([false, expect.stringContaining("this was written to be looked at") as string]);
      expect(text).not.toMatch(/^kubernetes_\S+: Creat/m);
    }
  });

  test("does what the plan does that is made once everything is there", async () => {
    await installOperators();
    for (const run of ready) {
      const plan = reviewed(await planIn(run, await folderOf(run, "whole", stackOf(run))));
      const before = first.get(run.stack);
      const found = unseen(plan, before === undefined ? [] : [reviewed(before)]);
      expect(found.map(({ address = "", says }) => `${run.stack}: ${address} ${says}`)).toEqual([]);
      expect(Object.keys(plan.resources).length).toBeGreaterThan(50);
    }
  });
});
