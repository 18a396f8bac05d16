import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { Problem } from "../../model/problem";

/** What is to happen below a folder, by paths from there: everything is written before anything is removed. */
export interface Changes {
  /** Files that replace what is there, in this order. */
  readonly written: readonly string[];
  /** Files and folders that go, with what is in them. Those that are not there are passed over. */
  readonly removed: readonly string[];
  /** Folders that go if nothing is left in them, the inner ones first. */
  readonly emptied?: readonly string[];
}

/** Files below a folder, sorted, by their paths from there; none where there is no such folder. */
export function filesBelow(folder: string): string[] {
  if (kindOf(folder) !== "folder") return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => kindOf(join(folder, path)) !== "folder")
    .sort();
}

/** Files in one folder that the other does not have with the same content. */
export function differing(files: string, target: string): string[] {
  return filesBelow(files).filter((file) => {
    const there = join(target, file);
    return kindOf(there) !== "file" || !readFileSync(there).equals(readFileSync(join(files, file)));
  });
}

/** What would stop the changes half-way: everything that can be known before the first of them is made. */
export function obstacles(target: string, { written, removed }: Changes): Problem[] {
  const problems = new Map<string, Problem>();
  const say = (path: string, why: string, fix: string): void => {
    problems.set(path, { path: ["output"], got: path, why, fix });
  };
  for (const file of written) {
    const path = join(target, file);
    if (kindOf(path) === "folder") say(path, "is a folder, and a file belongs there", "remove or rename it");
  }
  for (const file of [...written, ...removed.filter((path) => kindOf(join(target, path)) !== undefined)]) {
    const folder = existing(dirname(join(target, file)));
    if (kindOf(folder) === "file") say(folder, "is a file, and a folder belongs there", "remove or rename it");
    else if (!writable(folder)) say(folder, "may not be written by this user", "change its owner or its mode");
  }
  return [...problems.values()];
}

/** Makes the changes, from the files in a folder of the same file system. What was made of them before is passed over. */
export function apply(files: string, target: string, { written, removed, emptied = [] }: Changes): void {
  for (const file of written) {
    const from = join(files, file);
    if (kindOf(from) === undefined) continue;
    mkdirSync(dirname(join(target, file)), { recursive: true });
    renameSync(from, join(target, file));
  }
  for (const path of removed) rmSync(join(target, path), { recursive: true, force: true });
  for (const folder of emptied) {
    if (kindOf(join(target, folder)) !== "folder") continue;
    if (readdirSync(join(target, folder)).length === 0) rmdirSync(join(target, folder));
  }
}

function existing(path: string): string {
  return kindOf(path) === undefined && dirname(path) !== path ? existing(dirname(path)) : path;
}

/** A link to a folder is a folder; any other link is a file, which a new one replaces. */
function kindOf(path: string): "file" | "folder" | undefined {
  if (existsSync(path)) return statSync(path).isDirectory() ? "folder" : "file";
  try {
    lstatSync(path);
    return "file";
  } catch {
    return undefined;
  }
}

/** Whether this process may put files there. */
export function writable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
