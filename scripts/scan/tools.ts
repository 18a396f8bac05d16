import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { ScanError } from "./scan";

/**
 * This file runs as a bundle in `.cache`. The scanners at their pinned versions, as `.ci/install-scanners` puts them; never others that are on the PATH.
 */
const INSTALLED = join(__dirname, "scanners");

export interface Output {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a scanner, which may well exit with the number of what it found. No configuration and no key of a user's. */
export function run(tool: string, args: readonly string[], cwd: string, env: Record<string, string> = {}) {
  const file = join(INSTALLED, "bin", tool);
  if (!existsSync(file)) throw new ScanError(`${tool} is not installed: run .ci/install-scanners`);
  return runFile(file, args, cwd, env);
}

/** The same for a program that is installed elsewhere. */
export function runFile(file: string, args: readonly string[], cwd: string, env: Record<string, string> = {}) {
  const { PATH = "" } = process.env;
  return new Promise<Output>((resolve, reject) => {
    const options = { cwd, env: { PATH, HOME: cwd, ...env }, encoding: "utf8", maxBuffer: 256 * 2 ** 20 } as const;
    execFile(file, args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      if (typeof code === "number") resolve({ code, stdout, stderr });
      else reject(new ScanError(`${basename(file)} did not run: ${error?.message ?? ""}`));
    });
  });
}

/** What playbooks are linted and run by, as `.ci/install-ansible` puts it. */
const ANSIBLE = join(__dirname, "ansible");

/** Runs a program of Ansible's. */
export function runAnsible(tool: string, args: readonly string[], cwd: string) {
  const bin = join(ANSIBLE, "bin");
  const file = join(bin, tool);
  if (!existsSync(file)) throw new ScanError(`${tool} is not installed: run .ci/install-ansible`);
  return runFile(file, args, cwd, {
    // The linter starts Ansible itself.
    PATH: `${bin}:${process.env.PATH ?? ""}`,
    ANSIBLE_COLLECTIONS_PATH: join(ANSIBLE, "collections"),
    ANSIBLE_NOCOLOR: "1",
    NO_COLOR: "1",
    // It refuses to start in any other.
    LC_ALL: "C.UTF-8",
  });
}

/** Runs a linter of workflows, as `.ci/install-workflow-linters` puts them. */
export function runLinter(tool: string, args: readonly string[], cwd: string) {
  const file = join(__dirname, "workflow-linters", "bin", tool);
  if (!existsSync(file)) throw new ScanError(`${tool} is not installed: run .ci/install-workflow-linters`);
  return runFile(file, args, cwd);
}

export const PLUGINS = join(INSTALLED, "plugins");
