import { App } from "cdktf";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadEnvironments } from "../constructs/model/load";
import { environments } from "../environments";
import { createStacks } from "../stacks";
import { AppStack } from "../stacks/app-stack";
import { PlatformStack } from "../stacks/platform-stack";
import { pinnedEngine } from "./engine/engine";
import { testKubeconfig } from "./engine/kubeconfig-test";
import { testRecord } from "./engine/record-test";
import { RECORD_TESTS } from "./engine/record-tests";
import { testStack, type Verdict } from "./engine/stack-test";
import { withoutCloud } from "./engine/without-cloud";

/*
 * Every stack, through a real Terraform engine and the providers at their pinned versions: initialised without its
 * backend, validated, planned and applied with mocked providers, without credentials. And the Kubernetes half of each
 * environment once more without its cloud, so that it is proved where the cloud's provider cannot be had. And the record
 * of a service's placement, and the guard of local environments, which have to refuse a plan.
 */

const work = mkdtempSync(join(tmpdir(), "goldenpath-engine-"));
process.on("exit", () => {
  rmSync(work, { recursive: true, force: true });
});

/** Folders of the synthesized stacks, by where they were synthesized to. */
function synthesize(): readonly (readonly [folder: string, stack: string])[] {
  const whole = new App({ outdir: join(work, "whole"), stackTraces: false });
  createStacks(whole, loadEnvironments(environments));
  whole.synth();
  const half = new App({ outdir: join(work, "kubernetes-half"), stackTraces: false });
  for (const environment of loadEnvironments(environments.map(withoutCloud))) {
    new PlatformStack(half, environment);
    for (const application of environment.applications) new AppStack(half, environment, application);
  }
  half.synth();
  return [whole, half].flatMap(({ outdir }) => {
    const stacks = join(outdir, "stacks");
    return readdirSync(stacks).map((stack) => [stacks, stack] as const);
  });
}

async function main(): Promise<void> {
  const stacks = synthesize();
  const binary = pinnedEngine(process.env.PATH ?? "");
  if (binary === undefined) {
    console.log(
      `no engine (run .ci/install-engine, or put tofu or terraform on the PATH): ${stacks.length} stacks did not run`,
    );
    process.exitCode = 1;
    return;
  }
  const verdicts: Verdict[] = [];
  for (const [folder, stack] of stacks) {
    const label = folder.includes("kubernetes-half") ? `${stack} (Kubernetes half)` : stack;
    const verdict = await testStack(binary, folder, stack, join(work, "runs", label));
    verdicts.push(verdict);
    console.log(`${label}: ${describe(verdict)}`);
  }
  for (const [title, test] of RECORD_TESTS) {
    const verdict = await testRecord(binary, work, test);
    verdicts.push(verdict);
    console.log(`${title}: ${describe(verdict)}`);
  }
  const guard = await testKubeconfig(binary, work);
  verdicts.push(guard);
  console.log(`guard of local environments: ${describe(guard)}`);
  const count = (result: Verdict["result"]): number => verdicts.filter((verdict) => verdict.result === result).length;
  console.log(`${count("passed")} passed, ${count("failed")} failed, ${count("absent")} did not run`);
  // So that a pipeline can tell a refusal, which must stop it, from a provider that is not to be had.
  if (count("absent") > 0) process.exitCode = 1;
  if (count("failed") > 0) process.exitCode = 2;
}

function describe(verdict: Verdict): string {
  if (verdict.result === "passed")
    return `validated, planned and applied with mocks in ${verdict.seconds.toFixed(1)} s`;
  if (verdict.result === "absent") return `did not run: ${verdict.text}`;
  return `failed to ${verdict.step}\n${verdict.text}`;
}

void main();
