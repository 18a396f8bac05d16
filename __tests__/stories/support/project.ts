import { spawn, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

export const ROOT = resolve(__dirname, "..", "..", "..");

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A repository of its own with the launcher of this one, that tests may edit and spoil. */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), "goldenpath-run-"));

  /** @param copied files and folders of this repository that it has too */
  constructor(copied: readonly string[] = []) {
    for (const path of ["scripts/run.mjs", "cli/launcher", "tsconfig.json", ...copied]) {
      if (existsSync(join(ROOT, path)))
        cpSync(join(ROOT, path), this.path(path), { recursive: true, dereference: true });
    }
  }

  path(file: string): string {
    return join(this.folder, file);
  }

  /** Packages of this repository by links, which nobody writes through. */
  link(...packages: readonly string[]): void {
    for (const name of packages) {
      mkdirSync(dirname(this.path(`node_modules/${name}`)), { recursive: true });
      symlinkSync(join(ROOT, "node_modules", name), this.path(`node_modules/${name}`));
    }
  }

  /** Writes a file. One that was there keeps its times, so that nothing but the content says that it is another. */
  write(file: string, text: string): void {
    const path = this.path(file);
    const before = statSync(path, { throwIfNoEntry: false });
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    if (before !== undefined) utimesSync(path, before.atime, before.mtime);
  }

  remove(file = ""): void {
    rmSync(this.path(file), { recursive: true });
  }

  run(entry = "main.ts", environment: Readonly<Record<string, string>> = {}): Ran {
    const args = [this.path("scripts/run.mjs"), entry];
    return this.#start(args, environment);
  }

  /** Runs the program `goldenpath`, which the copied files have to have. */
  goldenpath(...args: readonly string[]): Ran {
    return this.#start([this.path("cli/goldenpath.mjs"), ...args]);
  }

  #start(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Ran {
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, CHECKPOINT_DISABLE: "1", ...environment };
    const { status, stdout, stderr } = spawnSync(process.execPath, [...args], {
      cwd: this.folder,
      encoding: "utf8",
      env,
    });
    return { status, stdout, stderr };
  }

  /** What a run prints; one that prints anything else or fails is shown whole. */
  said(entry = "main.ts"): string {
    const { status, stdout, stderr } = this.run(entry);
    return status === 0 && stderr === "" ? stdout.trim() : `${String(status)}: ${stdout}${stderr}`;
  }

  /** As `said`, for runs at a time. */
  async saidBeside(): Promise<string> {
    const child = spawn(process.execPath, [this.path("scripts/run.mjs"), "main.ts"], { cwd: this.folder });
    let text = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (text += String(part)));
    const status = await new Promise((done) => child.once("close", done));
    return `${String(status)}: ${text.trim()}`;
  }

  /** Every file that is kept, by its path in the project. */
  kept(): string[] {
    if (!existsSync(this.path(".cache"))) return [];
    return readdirSync(this.path(".cache"), { recursive: true, encoding: "utf8" })
      .map((file) => join(".cache", file))
      .filter((file) => statSync(this.path(file)).isFile())
      .sort();
  }
}
