import { type Dirent, readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import type { Problem } from "../model/problem";
import { hclSources, jsonSources, type ModuleSource } from "./module-sources";

/** What of a folder is its module's. */
export interface ModuleFiles {
  /** Paths from the folder, with `/` on every system. */
  readonly files: readonly string[];
  readonly flaws: readonly Flaw[];
}

/** A problem of a file or a folder of it. */
export interface Flaw extends Pick<Problem, "fix" | "got" | "why"> {
  /** Path from the folder, and with the line where it has one: `main.tf:12`. */
  readonly at: string;
}

/**
 * Names of what no stack needs of a module's folder: what an engine that was run in it leaves there, which is large, another on each machine
 * and in a state secret; values that are read of a root module alone, and the history of a clone.
 */
const LEFT_OUT =
  /^(?:\.git|\.terraform|\.terraform\.lock\.hcl|\.terraform\.tfstate\.lock\.info|\..*\.tfstate\.lock\.info|.*\.tfstate(?:\..*)?|terraform\.tfstate\.d|.*\.tfplan|.*\.tfvars(?:\.json)?|crash(?:\..*)?\.log|\.terragrunt-cache|\.DS_Store)$/;

/** What an engine reads: `.tofu` OpenTofu alone. */
export const CONFIGURATION = /\.(?:tf|tofu)(?:\.json)?$/;

/** Reads what is in the folder of a module: what of it is copied, and what would fail when it is planned or on another machine. */
export function moduleFiles(folder: string): ModuleFiles {
  const flaws: Flaw[] = [];
  const files = below(folder, "", flaws);
  return { files, flaws: [...flaws, ...sourceFlaws(folder, files)] };
}

function below(folder: string, prefix: string, flaws: Flaw[]): string[] {
  const entries = attempted(prefix === "" ? "." : prefix, flaws, () =>
    readdirSync(join(folder, prefix), { withFileTypes: true }),
  );
  return (entries ?? []).flatMap((entry) => {
    if (LEFT_OUT.test(entry.name)) return [];
    const path = prefix === "" ? entry.name : `${prefix}/${entry.name}`;
    return entry.isDirectory() ? below(folder, path, flaws) : fileAt(folder, path, entry, flaws);
  });
}

function fileAt(folder: string, at: string, entry: Dirent, flaws: Flaw[]): string[] {
  const flaw = (why: string, fix: string): string[] => {
    flaws.push({ at, why, fix });
    return [];
  };
  const target = statSync(join(folder, at), { throwIfNoEntry: false });
  if (entry.isSymbolicLink()) {
    if (target === undefined) return flaw("a link to nothing", "put the file itself there, or take the link out");
    if (target.isDirectory()) return flaw("a link to a folder, which is not copied", "put the folder itself there");
  }
  if (target?.isFile() !== true) return flaw("no file and no folder", "take it out");
  return attempted(at, flaws, () => readFileSync(join(folder, at))) === undefined ? [] : [at];
}

/** What the system does not let be read. */
function attempted<T>(at: string, flaws: Flaw[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "it fails";
    flaws.push({ at, why: `cannot be read (${code})`, fix: "let it be read by whoever synthesizes, or take it out" });
    return undefined;
  }
}

/** Modules that this one has from the disk: of each folder that it comes by, as an engine goes. */
function sourceFlaws(folder: string, files: readonly string[]): Flaw[] {
  const flaws: Flaw[] = [];
  const seen = new Set<string>();
  const look = (at: string): void => {
    if (seen.has(at)) return;
    seen.add(at);
    for (const file of files.filter((one) => posix.dirname(one) === at && CONFIGURATION.test(one))) {
      const text = readFileSync(join(folder, file), "utf8");
      for (const one of file.endsWith(".json") ? jsonSources(text) : hclSources(text)) {
        if (!/^(?:\.\.?(?:\/|$)|\/)/.test(one.source)) continue;
        const target = posix.normalize(posix.join(at, one.source)).replace(/(?<=.)\/$/, "");
        const flaw = flawOf(one, target, files);
        if (flaw === undefined) look(target);
        else flaws.push({ ...flaw, at: one.line === undefined ? file : `${file}:${one.line}`, got: one.source });
      }
    }
  };
  look(".");
  return flaws;
}

function flawOf(
  { module, source }: ModuleSource,
  target: string,
  files: readonly string[],
): Omit<Flaw, "at"> | undefined {
  const inside = "put that module into this folder, and name it from there, or give both by a registry";
  if (source.startsWith("/")) return { why: `module ${module} is one of this machine alone`, fix: inside };
  if (target === ".." || target.startsWith("../")) {
    return { why: `module ${module} is not in the folder, which alone comes along with the stack`, fix: inside };
  }
  if (target === "." || files.some((file) => file.startsWith(`${target}/`))) return undefined;
  return { why: `module ${module} is no folder here`, fix: "correct the path, from the folder of the file" };
}
