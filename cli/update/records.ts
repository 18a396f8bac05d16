import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { InvalidInput, oneOf } from "../../constructs/model/problem";
import { readRecord, RECORD, type TemplateRecord } from "../../constructs/templates/record";

/** A record on the disk. */
export interface Recorded {
  readonly record: TemplateRecord;
  /** Folder that the paths in it are from, absolute. */
  readonly root: string;
  /** Path of the record from there. */
  readonly file: string;
  /** Its text, as it was read. */
  readonly text: string;
}

/** Folder of the services of a program; one that was written into it has its record beside its code. */
const SERVICES = "services";

/**
 * The record of a folder.
 *
 * @param folder that of a repository, or of a service in a program
 * @throws InvalidInput where it has none, or one that cannot be read
 */
export function recordIn(folder: string): Recorded {
  const file = join(folder, RECORD);
  if (!existsSync(file)) {
    const others = servicesIn(folder).map((path) => relative(folder, dirname(path)));
    const fix = others.length === 0 ? "go to the folder that goldenpath new wrote" : `name ${oneOf(others)}`;
    throw new InvalidInput([{ path: ["arguments", "folder"], got: folder, why: `has no ${RECORD}`, fix }]);
  }
  return read(file);
}

/** Every record of a program: its own, and those of services that were written into it. */
export function recordsOf(root: string): readonly Recorded[] {
  const own = join(root, RECORD);
  return [...(existsSync(own) ? [own] : []), ...servicesIn(root)].map(read);
}

function servicesIn(root: string): string[] {
  const folder = join(root, SERVICES);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  const files = readdirSync(folder).map((name) => join(folder, name, RECORD));
  return files.filter((file) => existsSync(file)).sort();
}

function read(path: string): Recorded {
  const folder = realpathSync(dirname(path));
  const text = readFileSync(path, "utf8");
  const inProgram = join(SERVICES, basename(folder), RECORD);
  const record = readRecord(text, basename(dirname(folder)) === SERVICES ? inProgram : RECORD);
  if (record.into === undefined) return { record, root: folder, file: RECORD, text };
  if (basename(dirname(folder)) !== SERVICES) {
    const why = `is of a service in a program, and not in ${SERVICES}/<name>`;
    throw new InvalidInput([{ path: [path], why, fix: "move it back there" }]);
  }
  return { record, root: dirname(dirname(folder)), file: inProgram, text };
}
