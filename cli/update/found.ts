import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { InvalidInput } from "../../constructs/model/problem";
import type { Found } from "../../constructs/templates/update/plan";

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

const refused = (path: string, why: string): InvalidInput =>
  new InvalidInput([
    { path: [path], why, fix: "put what the template wrote back there, or goldenpath eject what is below it" },
  ]);

/**
 * A file as it is on the disk.
 *
 * @throws InvalidInput where something else is there: an update would write through a link, or into somebody's folder
 */
export function foundIn(root: string, path: string): Found | undefined {
  const parts = path.split("/");
  for (const [index] of parts.entries()) {
    const part = parts.slice(0, index + 1).join("/");
    const there = lstatSync(join(root, part), { throwIfNoEntry: false });
    if (there === undefined) return undefined;
    if (there.isSymbolicLink()) throw refused(part, "is a link");
    const isLast = index === parts.length - 1;
    if (isLast && !there.isFile()) throw refused(part, "is no file");
    if (!isLast && !there.isDirectory()) throw refused(part, "is no folder");
    if (isLast) return { executable: (there.mode & 0o100) !== 0, ...textOf(readFileSync(join(root, path))) };
  }
  return undefined;
}

function textOf(bytes: Buffer): { text?: string } {
  if (bytes.includes(0)) return {};
  try {
    return { text: UTF8.decode(bytes) };
  } catch {
    return {};
  }
}
