import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { line } from "../../constructs/releases/shell";
import { environments } from "../../environments";
import { preflightOf } from "../../stacks/preflight";
import { type Finding, type Scan, ScanError, type Subject } from "./scan";
import { runFile } from "./tools";

/** A command that `goldenpath preflight` prints for a shipped environment: one that it runs itself too, or a remedy. */
export interface Printed {
  readonly title: string;
  readonly command: string;
  /** Words of the command, where the program runs it. @default - people run it */
  readonly words?: readonly string[];
}

/** Every command that is printed for any shipped environment, each once. */
export function printedCommands(): Printed[] {
  const all = environments.flatMap(({ name }) =>
    preflightOf(environments, name, "terraform").checks.flatMap(({ id, ask, otherwise }): Printed[] => [
      ...ask.map((words) => ({ title: `${name}: ${id}: ${line(words)}`, command: line(words), words })),
      ...otherwise.run.map((command) => ({ title: `${name}: ${id}: ${command}`, command })),
    ]),
  );
  return [...new Map(all.map((one) => [one.command, one])).values()];
}

const SHELLCHECK = "/usr/bin/shellcheck";
const CHECK = "shellcheck";

/** Lines that ShellCheck must find something in, each with its code. */
const PLANTED: readonly (readonly [line: string, code: number])[] = [
  ["aws secretsmanager restore-secret --secret-id $NAME", 2086],
  ["gcloud projects describe 'staging", 1073],
  ["az vm list-usage --query [].{name: name} --location *", 1083],
];

interface Comment {
  readonly line: number;
  readonly code: number;
  readonly message: string;
}

/** Commands of the checklists as a shell reads them, by ShellCheck: nothing is run. */
export async function preflightShell(work: string): Promise<Scan> {
  const folder = join(work, "preflight");
  mkdirSync(folder);
  const printed = printedCommands();
  const { stdout: version } = await runFile(SHELLCHECK, ["--version"], folder);
  const found = await comments(
    folder,
    "commands.sh",
    printed.map(({ command }) => command),
  );
  const findings = found.map(({ line: at, code, message }): Finding => {
    // The first line names the shell.
    const subject: Subject = { title: printed[at - 2]?.title ?? `line ${at}`, exceptions: [] };
    return { subject, check: CHECK, text: `SC${code}: ${message}` };
  });
  const missed = [];
  for (const [index, [planted, code]] of PLANTED.entries()) {
    const said = await comments(folder, `planted-${index}.sh`, [planted]);
    if (!said.some((one) => one.code === code)) missed.push(planted);
  }
  return {
    tool: `shellcheck ${/version: (\S+)/.exec(version)?.[1] ?? "?"}`,
    scope: `${printed.length} commands of preflight`,
    subjects: [],
    owns: (check) => check === CHECK,
    findings,
    planted: PLANTED.length,
    failures: [
      ...(printed.length === 0 ? ["found no command to look at"] : []),
      ...missed.map((one) => `did not find a planted violation: ${one}`),
    ],
  };
}

async function comments(folder: string, name: string, lines: readonly string[]): Promise<readonly Comment[]> {
  const file = join(folder, name);
  // A variable that a line sets is used in the next, or is left to whoever pastes it.
  writeFileSync(file, ["#!/usr/bin/env bash", ...lines, ""].join("\n"));
  const { stdout, stderr } = await runFile(SHELLCHECK, ["--format", "json1", file], folder);
  try {
    return (JSON.parse(stdout) as { readonly comments: readonly Comment[] }).comments;
  } catch {
    throw new ScanError(`shellcheck answered with something else than JSON:\n${stdout}${stderr}`);
  }
}
