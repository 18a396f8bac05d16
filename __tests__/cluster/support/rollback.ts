import { spawn } from "node:child_process";
import { mkdtempSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { KUBECONFIG, type Output } from "./cluster";

const ROOT = join(__dirname, "..", "..", "..");

export interface Caller {
  /** Namespaces are its own. */
  readonly suite: string;
  readonly tool: "helm" | "terraform";
  /** Folder of the PATH before all others. */
  readonly path: string;
  /** @default - that of the tests' control plane */
  readonly config?: string;
}

/** Runs `goldenpath rollback` where nobody is at a terminal. */
export function rollback(
  { suite, tool, path, config = KUBECONFIG }: Caller,
  ...args: readonly string[]
): Promise<Output> {
  const command = [
    "scripts/run.mjs",
    "__tests__/cluster/support/rollback-program.ts",
    suite,
    tool,
    "rollback",
    ...args,
  ];
  const env = { PATH: `${path}:${process.env.PATH ?? ""}`, HOME: path, KUBECONFIG: config };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
    const said = { stdout: "", stderr: "" };
    child.stdout.on("data", (data: Buffer) => (said.stdout += data.toString()));
    child.stderr.on("data", (data: Buffer) => (said.stderr += data.toString()));
    child.once("error", reject);
    child.once("close", (code) => {
      resolve({ code: code ?? -1, ...said });
    });
  });
}

/** A folder of the PATH with these programs. */
export function programs(folder: string, links: Readonly<Record<string, string>>): string {
  const path = mkdtempSync(join(folder, "bin-"));
  for (const [called, file] of Object.entries(links)) symlinkSync(file, join(path, called));
  return path;
}
