import { spawn, type SpawnOptions, spawnSync } from "node:child_process";
import { line } from "../../constructs/releases/shell";
import { visible } from "../../constructs/report/values";

/** What a program said, and how it ended. */
export interface Said {
  /** @default - a signal ended it, or it was not there */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs programs of this machine: Helm, kubectl, git. Each is looked for on the PATH, and never a shell. */
export class Programs {
  constructor(
    /** Where they run. */
    private readonly folder: string,
    private readonly env: Readonly<NodeJS.ProcessEnv>,
  ) {}

  /** Which of these variables are set for them. */
  set(names: readonly string[]): readonly string[] {
    return names.filter((name) => (this.env[name] ?? "") !== "");
  }

  /** Runs one for what it says. */
  ask(words: readonly string[], more: Readonly<Record<string, string>> = {}, folder = this.folder): Promise<Said> {
    return this.#run(words, { cwd: folder, stdio: ["ignore", "pipe", "pipe"], env: { ...this.env, ...more } });
  }

  /** The same in a group of its own: an interrupt from the keyboard does not reach it. */
  askUndisturbed(words: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Said> {
    return this.#run(words, { stdio: ["ignore", "pipe", "pipe"], env: { ...this.env, ...more }, detached: true });
  }

  /** The same while this program ends: nothing else is waited for, and nobody is told what it said. */
  askNow([file = "", ...args]: readonly string[], more: Readonly<Record<string, string>> = {}): void {
    spawnSync(file, args, { cwd: this.folder, stdio: "ignore", env: { ...this.env, ...more } });
  }

  /** Runs one before the eyes of whoever waits, who may answer it. Its words are said first. */
  async show(words: readonly string[]): Promise<Said> {
    process.stdout.write(`\n$ ${line(words)}\n`);
    return this.#run(words, { stdio: "inherit", env: { ...this.env } });
  }

  #run([file = "", ...args]: readonly string[], options: SpawnOptions): Promise<Said> {
    return new Promise((resolve) => {
      const child = spawn(file, args, { cwd: this.folder, ...options });
      const said = { stdout: "", stderr: "" };
      for (const stream of ["stdout", "stderr"] as const) {
        child[stream]?.setEncoding("utf8").on("data", (text: string) => (said[stream] += text));
      }
      child.once("error", (error: NodeJS.ErrnoException) => {
        const why = error.code === "ENOENT" ? "is not on the PATH; install it" : error.message;
        resolve({ code: undefined, stdout: "", stderr: `${file}: ${why}` });
      });
      child.once("close", (code) => {
        resolve({ code: code ?? undefined, ...said });
      });
    });
  }
}

/** The line of what a program said that tells people why. */
export const reason = ({ stderr, stdout, code }: Said): string =>
  visible(
    `${stderr}\n${stdout}`
      .split("\n")
      .map((text) => text.trim())
      .find((text) => text !== "") ?? `ended with code ${String(code)}`,
  );
