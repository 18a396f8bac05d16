import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

/** Milliseconds between two looks at whoever else is swapping. */
export const PAUSE = 20;

/** The process that a folder belongs to: it says so in `owner.json`. */
export interface Owner {
  readonly host: string;
  readonly pid: number;
}

export const SELF: Owner = { host: hostname(), pid: process.pid };

export const ownerOf = (folder: string): Owner | undefined => read(join(folder, "owner.json")) as Owner | undefined;

/** Whether that process has ended; of another machine nobody knows. */
export function isGone({ host, pid }: Owner): boolean {
  if (host !== SELF.host) return false;
  // It ended: this process holds nothing while it looks at others, and numbers come again.
  if (pid === SELF.pid) return true;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

/** Whether this process, of several that find the same one gone, the last to say so. */
export function takenOver(folder: string): boolean {
  try {
    writeWhole(join(folder, "owner.json"), JSON.stringify(SELF));
  } catch {
    return false;
  }
  sleep(PAUSE);
  const owner = ownerOf(folder);
  return owner?.pid === SELF.pid && owner.host === SELF.host;
}

/** Nobody finds half of it. */
export function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.${SELF.pid}`, text);
  renameSync(`${file}.${SELF.pid}`, file);
}

/** What a file of JSON says, or nothing where there is none. */
export function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as unknown;
  } catch {
    return undefined;
  }
}

export function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
