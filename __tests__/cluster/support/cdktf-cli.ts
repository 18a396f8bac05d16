import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { findEngine } from "../../../scripts/engine/engine";
import { KUBECONFIG } from "./cluster";
import { guarded } from "./guarded";

const ROOT = join(__dirname, "..", "..", "..");

/** OpenTofu or Terraform on the PATH. */
export const ENGINE = findEngine(process.env["PATH"] ?? "");

export interface Ended {
  readonly code: number | null;
  readonly text: string;
}

export interface Running {
  readonly pid: number;
  readonly ended: Promise<Ended>;
}

/**
 * A folder with this program's `cdktf.json`, so that neither `cdktf.out` nor the state of whoever runs the tests is
 * touched. It is removed with the control plane's.
 */
export class CdktfProject {
  readonly folder = mkdtempSync(join(dirname(KUBECONFIG), "cdktf-"));

  constructor() {
    const own = JSON.parse(readFileSync(join(ROOT, "cdktf.json"), "utf8")) as Record<string, unknown>;
    const app = `node ${join(ROOT, "cli", "goldenpath.mjs")} synth --quiet local`;
    writeFileSync(join(this.folder, "cdktf.json"), JSON.stringify({ ...own, app }));
  }

  /** Where Terraform runs. */
  stack(name: string): string {
    return join(this.folder, "cdktf.out", "stacks", name);
  }

  state(name: string): string {
    return readFileSync(join(this.folder, `terraform.${name}.tfstate`), "utf8");
  }

  /** Folder of an environment as `goldenpath export` writes it. */
  exported(environment: string): string {
    const folder = join(this.folder, "plain");
    const args = [join(ROOT, "cli", "goldenpath.mjs"), "export", environment, "--folder", folder];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: this.folder, encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
    return join(folder, environment);
  }

  /** The CLI as developers type it; `--skip-provider-lock` belongs to machines without a registry. */
  start(...args: readonly string[]): Running {
    const [file = "", ...rest] = guarded([CDKTF, ...args], "TERM");
    const child = spawn(file, rest, { cwd: this.folder, env: environment(), stdio: ["ignore", "pipe", "pipe"] });
    let text = "";
    for (const output of [child.stdout, child.stderr]) {
      output.on("data", (data: Buffer) => (text += data.toString()));
    }
    const ended = new Promise<Ended>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => {
        resolve({ code, text });
      });
    });
    return { pid: child.pid ?? 0, ended };
  }

  run(...args: readonly string[]): Promise<Ended> {
    return this.start(...args).ended;
  }

  /** Nothing else happens meanwhile. */
  runAndWait(...args: readonly string[]): Ended {
    const { status, stdout, stderr } = spawnSync(CDKTF, args, {
      ...{ cwd: this.folder, env: environment(), encoding: "utf8" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    return { code: status, text: stdout + stderr };
  }
}

const CDKTF = join(ROOT, "node_modules", ".bin", "cdktf");

const environment = () => ({
  ...process.env,
  TERRAFORM_BINARY_NAME: ENGINE,
  TF_VAR_kubeconfig: KUBECONFIG,
  CHECKPOINT_DISABLE: "1",
  FORCE_COLOR: "0",
  CI: "1",
});

/** Processes below one, with the command of each. By the kernel's own list, whatever sessions they have made. */
export function descendants(pid: number): readonly { readonly pid: number; readonly command: string }[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    const parent = Number(
      read(`/proc/${entry}/stat`)
        .replace(/^.*\) /s, "")
        .split(" ")[1],
    );
    children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  const below = (of: number): number[] => (children.get(of) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(pid).map((child) => ({ pid: child, command: read(`/proc/${child}/cmdline`).replaceAll("\0", " ") }));
}

/** A process may be gone meanwhile. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
