import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { apply, type Change, changes, endHalfMade } from "../../constructs/outputs/files";
import { Refused } from "../command";
import { marked, README, SCRIPT } from "./files";

/**
 * Writes files into a folder that holds nothing of the same names but what was written there before. What is not written any more goes.
 *
 * @throws Refused for a folder in which somebody else's files are in the way
 */
export function writeFolder(folder: string, files: Readonly<Record<string, string>>): readonly Change[] {
  if (existsSync(folder) && !statSync(folder).isDirectory())
    throw new Refused(`${folder}: is no folder; name another one`);
  endHalfMade(folder);
  const there = existsSync(folder) ? readdirSync(folder) : [];
  const readme = there.includes(README) ? readFileSync(join(folder, README), "utf8") : "";
  const own = [...(marked(readme) ?? []), ...(marked(readme) === undefined ? [] : [README])];
  const foreign = Object.keys(files).filter((file) => there.includes(file) && !own.includes(file));
  if (foreign.length > 0) {
    throw new Refused(
      foreign
        .map((file) => `${join(folder, file)}: is there, and was not written by this command; name another folder`)
        .join("\n"),
    );
  }
  mkdirSync(folder, { recursive: true });
  const stale = own.filter((file) => there.includes(file) && files[file] === undefined).map((file) => ({ file }));
  const found = [...changes(folder, files, []), ...stale];
  apply(folder, found);
  chmodSync(join(folder, SCRIPT), 0o755);
  return found;
}
