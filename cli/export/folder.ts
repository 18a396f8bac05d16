import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ExportRecord } from "../../constructs/export/environment-files";
import type { ExportedFile, ExportedFiles } from "../../constructs/export/exported-stack";
import { RECORD } from "../../constructs/export/readme";
import { type Problem, refuse } from "../../constructs/model/problem";
import { sha256 } from "../../constructs/model/sha256";
import { apply, type Change, endHalfMade } from "../../constructs/outputs/files";
import { staysBelow } from "../../constructs/terraform/swap/below";

/** What is to be done below one folder. */
export interface FolderChanges {
  readonly folder: string;
  readonly changes: readonly Change[];
  /** Looks once more, and throws where somebody has changed something meanwhile. */
  readonly look: () => void;
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

/** Whether a file has this content, whoever may start it. */
const hasContent = (path: string, { content }: ExportedFile): boolean =>
  isFile(path) && readFileSync(path).equals(Buffer.from(content));

const isAs = (path: string, one: ExportedFile): boolean =>
  hasContent(path, one) && (one.executable === undefined || one.executable === ((statSync(path).mode & 0o111) !== 0));

/** What is to be written, in the order of paths. */
const changes = (folder: string, files: ExportedFiles): Change[] =>
  Object.entries(files)
    .filter(([file, one]) => !isAs(join(folder, file), one))
    .map(([file, { content, executable }]) => ({
      ...{ file, text: content },
      ...(executable !== undefined && { executable }),
    }))
    .sort((a, b) => (a.file < b.file ? -1 : 1));

const existing = (path: string): string => (existsSync(path) ? path : existing(dirname(path)));

/**
 * What there is to change in folders, each of which has nothing in the way: files that were written before and are as they were written are
 * replaced, or go where nothing writes them any more. Whatever else is in a folder stays, as what an engine keeps there.
 *
 * @param wanted files of each folder, their record among them
 * @param once files that are written where there is none of their path, and belong to whoever is there from then on
 * @throws InvalidInput with every file that somebody has changed, removed or put in the way, in all of the folders
 */
export function changesOf(
  wanted: Readonly<Record<string, ExportedFiles>>,
  once: Readonly<Record<string, ExportedFiles>>,
): readonly FolderChanges[] {
  const problems: Problem[] = [];
  const all = Object.entries(wanted).map(([folder, files]): FolderChanges => {
    if (existsSync(folder) && statSync(folder).isDirectory()) endHalfMade(folder);
    const { before, wrong } = seen(folder, files);
    problems.push(...wrong);
    const stale = Object.keys(before).filter((file) => files[file] === undefined);
    const first = Object.entries(once[folder] ?? {}).filter(([file]) => !existsSync(join(folder, file)));
    const outdated = wrong.length > 0 ? [] : changes(folder, { ...files, ...Object.fromEntries(first) });
    return {
      folder,
      changes: [...outdated, ...stale.map((file) => ({ file }))],
      look: () => {
        refuse(seen(folder, files).wrong);
      },
    };
  });
  refuse(problems);
  return all;
}

/** Makes the changes, each folder's all or none. */
export function write(all: readonly FolderChanges[]): void {
  for (const { folder, changes: found, look } of all) if (found.length > 0) apply(folder, found, look);
}

const problem = (path: string, why: string, fix: string): Problem => ({ path: ["folder"], got: path, why, fix });

const OTHER = "name another folder";

interface Seen {
  /** Digests of the files that were written there. */
  readonly before: ExportRecord["files"];
  readonly wrong: readonly Problem[];
}

function seen(folder: string, files: ExportedFiles): Seen {
  const nothing = (...wrong: readonly Problem[]): Seen => ({ before: {}, wrong });
  if (!existsSync(folder)) {
    const above = existing(folder);
    return statSync(above).isDirectory() ? nothing() : nothing(problem(above, "is no folder", OTHER));
  }
  if (!statSync(folder).isDirectory()) return nothing(problem(folder, "is no folder", OTHER));
  const path = join(folder, RECORD);
  if (!existsSync(path)) {
    // What is kept meanwhile is no file of anybody's.
    return readdirSync(folder).every((name) => name.startsWith(".rendered."))
      ? nothing()
      : nothing(problem(folder, "has files in it that were not written by this command", OTHER));
  }
  const before = isFile(path) ? parsed(readFileSync(path, "utf8")) : undefined;
  if (before === undefined)
    return nothing(problem(path, "is no record of this command any more", `restore it, or ${OTHER}`));
  // A merge or a hand can have put any path there, and files go by it.
  const outside = Object.keys(before).filter((file) => !staysBelow(folder, file));
  if (outside.length > 0) {
    return nothing(
      ...outside.map((file) =>
        problem(path, `names ${JSON.stringify(file)}, which is not in its folder`, `restore it, or ${OTHER}`),
      ),
    );
  }
  return { before, wrong: edited(folder, before, files) };
}

function parsed(text: string): ExportRecord["files"] | undefined {
  try {
    const record = JSON.parse(text) as Partial<ExportRecord> | null;
    const files: unknown = record?.files;
    return typeof files === "object" && files !== null ? (files as ExportRecord["files"]) : undefined;
  } catch {
    return undefined;
  }
}

const FIX = `take it into the model and restore the file, or ${OTHER}`;

function edited(folder: string, before: ExportRecord["files"], files: ExportedFiles): Problem[] {
  const written = Object.entries(before).flatMap(([file, digest]) => {
    const path = join(folder, file);
    if (!existsSync(path)) return [problem(path, "was removed since it was written", FIX)];
    const now = files[file];
    const isSame = isFile(path) && sha256(readFileSync(path)) === digest;
    return isSame || (now !== undefined && hasContent(path, now))
      ? []
      : [problem(path, "was changed since it was written", FIX)];
  });
  const inTheWay = Object.entries(files).flatMap(([file, one]) => {
    const path = join(folder, file);
    if (file === RECORD || file in before || !existsSync(path)) return [];
    return hasContent(path, one)
      ? []
      : [problem(path, "is there, and was not written by this command", `move it, or ${OTHER}`)];
  });
  return [...written, ...inTheWay];
}
