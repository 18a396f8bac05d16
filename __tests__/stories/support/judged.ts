import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { storyEngine } from "./engine";

/** A condition as a stack has it. */
export interface Condition {
  readonly condition: string;
  readonly error_message: string;
}

/** Has an engine judge conditions on what is found, which no cloud is asked for. The folder goes when the file is through. */
export function judge(): (condition: Condition, found: object) => string {
  const folder = mkdtempSync(join(tmpdir(), "goldenpath-judged-"));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  let made = 0;
  /** What a plan says where this is found; nothing where it goes on. */
  return (condition, found) => {
    const cwd = join(folder, String(made++));
    mkdirSync(cwd);
    const text = JSON.stringify(condition).replaceAll("self.", "local.found.");
    const resource = { terraform_data: { guard: { lifecycle: { precondition: [JSON.parse(text) as object] } } } };
    writeFileSync(join(cwd, "main.tf.json"), JSON.stringify({ locals: { found }, resource }));
    const options = { cwd, encoding: "utf8", stdio: "pipe" } as const;
    execFileSync(storyEngine(), ["init", "-no-color"], options);
    try {
      execFileSync(storyEngine(), ["plan", "-no-color", "-input=false"], options);
      return "";
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      return (stdout + stderr).replaceAll(/[│╷╵\s]+/g, " ");
    }
  };
}
