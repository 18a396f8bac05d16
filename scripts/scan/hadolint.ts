import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CheckException } from "../../constructs/model/check-exception";
import { PLANTED } from "./hadolint-planted";
import { type Finding, type Scan, ScanError, type Subject } from "./scan";
import { run } from "./tools";

/** This file runs as a bundle in `.cache`. */
const ROOT = join(__dirname, "..");

interface Found {
  readonly code: string;
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** The instruction that a comment above it excepts from a check. */
export interface Pragma {
  /** Number of the line on which the instruction begins. */
  readonly line: number;
  readonly exception: CheckException;
}

/**
 * Every Dockerfile, by hadolint. Exceptions are where hadolint itself looks for them, so that who runs it alone sees the
 * same; it is run without them here, so that one that excuses nothing is found.
 */
export async function hadolint(work: string): Promise<Scan> {
  const folder = join(work, "hadolint");
  mkdirSync(folder);
  const files = dockerfiles();
  const subjects = new Map<string, Subject>();
  const findings: Finding[] = [];
  for (const file of files) {
    const text = readFileSync(join(ROOT, file), "utf8");
    const excepted = new Map(
      pragmas(text).map(({ line, exception }) => [
        line,
        { title: `${file}:${line}`, exceptions: [exception] } satisfies Subject,
      ]),
    );
    for (const [line, subject] of excepted) subjects.set(`${file}:${line}`, subject);
    for (const { code, line, message } of await lint(folder, text)) {
      const subject = excepted.get(line) ?? { title: `${file}:${line}`, exceptions: [] };
      findings.push({ subject, check: code, text: message });
    }
  }
  const missed = await missedPlanted(
    folder,
    files.map((file) => readFileSync(join(ROOT, file), "utf8")),
  );
  return {
    tool: await version(folder),
    scope: `${files.length} Dockerfiles`,
    subjects: [...subjects.values()],
    owns: (check) => /^(DL|SC)\d+$/.test(check),
    findings,
    planted: PLANTED.length,
    failures: missed.map((check) => `did not find a planted violation: ${check}`),
  };
}

function dockerfiles(): string[] {
  return readdirSync(join(ROOT, "docker"), { recursive: true, encoding: "utf8" })
    .filter((path) => /(^|\/)Dockerfile$/.test(path) && !path.includes("node_modules"))
    .map((path) => join("docker", path))
    .sort();
}

/** The comment lines before a pragma are its reason. */
export function pragmas(text: string): Pragma[] {
  const lines = text.split("\n");
  return lines.flatMap((line, index) => {
    const codes = /^# hadolint ignore=(\S+)$/.exec(line)?.[1]?.split(",");
    if (codes === undefined) return [];
    const before = lines.slice(0, index).reverse();
    const end = before.findIndex((one) => !one.startsWith("# ") || one.startsWith("# hadolint "));
    const reason = before
      .slice(0, end === -1 ? before.length : end)
      .reverse()
      .map((one) => one.slice(2))
      .join(" ");
    if (reason === "") throw new ScanError(`Dockerfile line ${index + 1}: ${line} has no reason above it`);
    return [{ line: index + 2, exception: { checks: codes, reason } }];
  });
}

async function missedPlanted(folder: string, texts: readonly string[]): Promise<string[]> {
  const missed: string[] = [];
  for (const { check, change } of PLANTED) {
    const changed = texts.map(change).filter((text, index) => text !== texts[index]);
    const found = await Promise.all(changed.map((text) => lint(folder, text)));
    const before = await Promise.all(texts.map((text) => lint(folder, text)));
    const count = (all: readonly Found[][]): number => all.flat().filter(({ code }) => code === check).length;
    if (changed.length === 0 || count(found) === 0 || before.flat().some(({ code }) => code === check)) {
      missed.push(check);
    }
  }
  return missed;
}

async function lint(folder: string, text: string): Promise<Found[]> {
  writeFileSync(join(folder, "config.yaml"), "{}\n");
  const file = join(folder, `${lint.count++}.Dockerfile`);
  writeFileSync(file, text);
  const args = ["--config", "config.yaml", "--disable-ignore-pragma", "--no-fail", "--format", "json", file];
  const { stdout, stderr } = await run("hadolint", args, folder);
  try {
    return JSON.parse(stdout) as Found[];
  } catch {
    throw new ScanError(`hadolint answered with something else than a report:\n${stdout}${stderr}`);
  }
}
lint.count = 0;

/** `hadolint 2.15.1` */
async function version(folder: string): Promise<string> {
  const { stdout } = await run("hadolint", ["--version"], folder);
  return `hadolint ${/[\d.]+\d/.exec(stdout)?.[0] ?? "?"}`;
}
