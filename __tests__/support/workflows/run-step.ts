import { execFile } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Context, evaluated, type ParsedJob, type ParsedStep } from "./parse";

/* A step that runs something, run as a runner does it: Bash, what came before in the environment, programs of the test's own. */

/** Programs that a step finds, by name: lines of Bash, which see what they are called with. Each call is kept. */
export type Programs = Readonly<Record<string, string>>;

export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What the step has written for those after it. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Calls of the programs, one line each: `helm upgrade --install …`. */
  readonly calls: readonly string[];
}

/** The step of this name. */
export function stepOf(job: ParsedJob, name: string): ParsedStep {
  const step = job.steps.find((one) => one.name === name);
  if (step === undefined)
    throw new Error(`${job.name}: no step ${name}; it has ${job.steps.map((one) => one.name).join(", ")}`);
  return step;
}

export async function runStep(
  job: ParsedJob,
  name: string,
  {
    context,
    programs = {},
    env = {},
    cwd,
    edit = (text) => text,
  }: {
    context: Context;
    programs?: Programs;
    /** In place of what the workflow says, too. */
    env?: Readonly<Record<string, string>>;
    cwd?: string;
    /** Changes lines before they are run: a time that no test waits. */
    edit?: (text: string) => string;
  },
): Promise<Ran> {
  const step = stepOf(job, name);
  if (step.run === undefined) throw new Error(`${name} runs nothing`);
  const work = mkdtempSync(join(tmpdir(), "goldenpath-step-"));
  try {
    const bin = join(work, "bin");
    mkdirSync(bin);
    const calls = join(work, "calls");
    for (const [program, lines] of Object.entries(programs)) {
      const file = join(bin, program);
      // Arguments as they are, apart by tabs: what is split by mistake is seen.
      writeFileSync(file, `#!/usr/bin/env bash\n(IFS=$'\\t'; echo "${program}"$'\\t'"$*" >>"${calls}")\n${lines}\n`);
      chmodSync(file, 0o755);
    }
    const output = join(work, "output");
    const given: [string, string][] = [];
    for (const [key, value] of Object.entries({ ...job.env, ...step.env })) {
      if (!Object.hasOwn(env, key)) given.push([key, value.includes("${{") ? await evaluated(value, context) : value]);
    }
    const file = join(work, "step.sh");
    writeFileSync(file, edit(step.run));
    const { status, stdout, stderr } = await bash(["--noprofile", "--norc", "-eo", "pipefail", file], cwd ?? work, {
      PATH: `${bin}:${process.env.PATH ?? ""}`,
      GITHUB_OUTPUT: output,
      ...Object.fromEntries(given),
      ...env,
    });
    const lines = (path: string): string[] =>
      existsSync(path) ? readFileSync(path, "utf8").trimEnd().split("\n") : [];
    return {
      status,
      stdout,
      stderr,
      outputs: Object.fromEntries(lines(output).map((line) => [line.split("=")[0] ?? "", line.replace(/^[^=]*=/, "")])),
      calls: lines(calls),
    };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Runs Bash without keeping this process from answering others meanwhile. */
function bash(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<Pick<Ran, "status" | "stderr" | "stdout">> {
  return new Promise((resolve, reject) => {
    execFile("bash", args, { cwd, env, encoding: "utf8", maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      const status = error === null ? 0 : error.code;
      if (typeof status === "number") resolve({ status, stdout, stderr });
      else reject(new Error(`Bash did not end: ${stdout}${stderr}`, { cause: error }));
    });
  });
}
