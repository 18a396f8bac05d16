import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ansibleLint, ansiblePlaybook, yamllint } from "./scan/ansible";
import { awsCli } from "./scan/aws-cli";
import { checkov } from "./scan/checkov";
import { cloudformation } from "./scan/cloudformation";
import { hadolint } from "./scan/hadolint";
import { judge } from "./scan/judge";
import { kindStacks } from "./scan/kinds";
import { kubeScore } from "./scan/kube-score";
import { preflightShell } from "./scan/preflight";
import { printReasons, printScan } from "./scan/print";
import { type Scan, ScanError } from "./scan/scan";
import { synthesizeStacks } from "./scan/stacks";
import { tflint } from "./scan/tflint";
import { actionlint, zizmor } from "./scan/workflows";

/*
 * `npm run scan`: the synthesized stacks, the Kubernetes objects, the Dockerfiles, the workflows and the playbooks through the scanners that teams
 * have in their pipelines, and the commands that are printed through the program that they are for. Exits 1 on a finding that no exception beside its construct excuses, on an exception that excuses nothing,
 * on anything that a scanner passed over, on a planted violation that it did not find, and without a scanner.
 */

async function main(): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), "goldenpath-scan-"));
  try {
    const stacks = [...synthesizeStacks(join(work, "synth")), ...kindStacks(work)];
    const scanners: readonly (() => Promise<Scan>)[] = [
      () => checkov(stacks, work),
      () => tflint(stacks, work),
      () => cloudformation(stacks, work),
      () => kubeScore(work),
      () => hadolint(work),
      () => awsCli(stacks, work),
      () => preflightShell(work),
      () => actionlint(work),
      () => zizmor(work),
      () => ansibleLint(work),
      () => yamllint(work),
      () => ansiblePlaybook(work),
    ];
    const excused = [];
    for (const scanner of scanners) {
      const started = performance.now();
      try {
        const scan = await scanner();
        const verdict = judge(scan);
        if (!printScan(scan, verdict, (performance.now() - started) / 1000)) process.exitCode = 1;
        excused.push(...verdict.excused);
      } catch (error) {
        if (!(error instanceof ScanError)) throw error;
        console.log(`not scanned: ${error.message}`);
        process.exitCode = 1;
      }
    }
    printReasons(excused);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

void main();
