import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { ON_A_DAY } from "../../support/on-a-day";
import type { StackJson } from "../../support/reference";
import { packedIn, readManifest, ROOT } from "./packed";

/** Installed beside the package by every program. */
export const PEERS = ["cdktf", "constructs", "@cdktf/provider-helm", "@cdktf/provider-kubernetes"];

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * A folder of another team, with the packed package in `node_modules` as npm lays it out. What it depends on is linked from
 * this repository's `node_modules`: the bindings weigh hundreds of megabytes. No source file of this repository is in reach.
 */
export class Home {
  public readonly folder: string;

  /** @param packages installed beside the package and the peers of every program: bindings, tools */
  constructor(packages: readonly string[], files: Readonly<Record<string, string>> = {}) {
    this.folder = mkdtempSync(join(tmpdir(), "goldenpath-home-"));
    this.write({ "package.json": JSON.stringify({ name: "home", private: true }), ...files });
    this.install(packages);
  }

  public install(packages: readonly string[]): void {
    const installed = join(this.folder, "node_modules", "goldenpath");
    cpSync(join(packedIn(), "package"), installed, { recursive: true });
    const { dependencies } = readManifest(installed);
    for (const name of [...Object.keys(dependencies), ...PEERS, ...packages]) this.link(name);
    this.#linkPrograms("goldenpath");
  }

  /** Installs one package more. */
  public link(name: string): void {
    const target = join(this.folder, "node_modules", name);
    mkdirSync(dirname(target), { recursive: true });
    symlinkSync(join(ROOT, "node_modules", name), target);
    this.#linkPrograms(name);
  }

  /** Puts the package's programs into `.bin`, as npm does. */
  #linkPrograms(name: string): void {
    const installed = join(this.folder, "node_modules", name);
    const { bin = {} } = readManifest(installed);
    const programs = typeof bin === "string" ? { [basename(name)]: bin } : bin;
    const folder = join(this.folder, "node_modules", ".bin");
    mkdirSync(folder, { recursive: true });
    for (const [program, file] of Object.entries(programs)) {
      if (name === "goldenpath") chmodSync(join(installed, file), 0o755);
      symlinkSync(join(installed, file), join(folder, program));
    }
  }

  /** Files by their paths from the folder. */
  public write(files: Readonly<Record<string, string | Uint8Array>>): void {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, file)), { recursive: true });
      writeFileSync(join(this.folder, file), text);
    }
  }

  public read(file: string): string {
    return readFileSync(join(this.folder, file), "utf8");
  }

  public stack(name: string): StackJson {
    return JSON.parse(this.read(`cdktf.out/stacks/${name}/cdk.tf.json`)) as StackJson;
  }

  /** Runs a program of `node_modules/.bin`, or `node`, with nothing of this process's environment but what programs need. */
  public run(program: string, ...args: readonly string[]): Ran {
    return this.runIn(".", program, ...args);
  }

  /** The same in a folder of it. */
  public runIn(folder: string, program: string, ...args: readonly string[]): Ran {
    const bin = join(this.folder, "node_modules", ".bin");
    const env = {
      PATH: [bin, dirname(process.execPath), process.env.PATH].join(delimiter),
      HOME: process.env.HOME,
      CHECKPOINT_DISABLE: "1",
      NO_UPDATE_NOTIFIER: "1",
      ...ON_A_DAY,
    };
    const cwd = join(this.folder, folder);
    const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: "utf8", env });
    return { status, stdout, stderr };
  }

  /** The same, and fails where it does: with what it said. @returns what it printed */
  public must(program: string, ...args: readonly string[]): string {
    return this.mustIn(".", program, ...args);
  }

  public mustIn(folder: string, program: string, ...args: readonly string[]): string {
    const { status, stdout, stderr } = this.runIn(folder, program, ...args);
    if (status !== 0) throw new Error(`${[program, ...args].join(" ")}: ${status}\n${stdout}${stderr}`);
    return stdout;
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
