import { didYouMean, type Path, type Problem } from "../model/problem";
import { check } from "../model/schema";
import { readStrictYaml } from "../yaml/read-strict";
import { type Request, REQUEST_KINDS } from "./request";
import { REQUEST } from "./schema";

/** A file of a folder of requests, as it was found. */
export interface RequestSource {
  /** Path from the program's folder, for people: `requests/invoices-db.yaml`. */
  readonly file: string;
  /** Its content, or what it is that has none: `"a folder"`. */
  readonly content: Uint8Array | string;
}

/** A request, and where each value of it stands. */
export interface RequestFile {
  readonly file: string;
  /** Name of the file without its end, which problems and answers call it by: `invoices-db`. */
  readonly id: string;
  readonly request: Request;
  /** Place of the value at a path, or of the nearest thing around it: `requests/invoices-db.yaml:5`. */
  readonly placeOf: (path: Path) => string;
}

/** What a folder holds: the requests that can be read, in the order of their files, and what is wrong with the others. */
export interface Requests {
  /** The folder as it was named, with what its files are called by. */
  readonly folder: string;
  readonly files: readonly RequestFile[];
  readonly problems: readonly Problem[];
}

/** End of the name of a file that is read. */
export const END = ".yaml";

const NAME = /^[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?$/;

/** Begins the path of every problem in a request, which loading tells with all others. */
export const pathOf = (id: string, path: Path = []): Path => ["requests", id, ...path];

/** Reads what was found in a folder. Asks nobody: the same sources give the same requests and problems. */
export function readSources(folder: string, sources: readonly RequestSource[]): Requests {
  const files: RequestFile[] = [];
  const problems: Problem[] = [];
  const ordered = [...sources].sort((one, other) => (one.file < other.file ? -1 : one.file > other.file ? 1 : 0));
  for (const source of ordered) {
    const read = readSource(source);
    if ("problems" in read) problems.push(...read.problems);
    else files.push(read);
  }
  return { folder, files, problems };
}

function readSource({ file, content }: RequestSource): RequestFile | { readonly problems: readonly Problem[] } {
  const id = file.replace(/^.*\//s, "").replace(/\.ya?ml$/i, "");
  const wrong = (why: string, fix: string) => ({
    problems: [{ at: `${showFile(file)}:1`, path: pathOf(NAME.test(id) ? id : showFile(id)), why, fix }],
  });
  if (typeof content === "string") return wrong(`is ${content}`, "keep small files of requests in the folder alone");
  if (!file.endsWith(END)) return wrong("ends in another way than requests do", `call it ${showFile(id)}${END}`);
  if (!NAME.test(id)) return wrong("has another name than requests have", "use lower-case letters, digits and hyphens");
  const read = readStrictYaml(content);
  if ("mistakes" in read) {
    return {
      problems: read.mistakes.map(({ line, path, why, fix }) => ({
        at: `${file}:${line}`,
        path: pathOf(id, path),
        why,
        fix,
      })),
    };
  }
  const placeOf = (path: Path): string => `${file}:${read.lineOf(path)}`;
  const found = shapeProblems(read.value, id).map((problem) => ({ ...problem, at: placeOf(problem.path.slice(2)) }));
  return found.length > 0 ? { problems: found } : { file, id, request: read.value as Request, placeOf };
}

/** A name of a file for a line of text: what somebody called it may be anything. */
function showFile(file: string): string {
  if (/^[\w./ -]{1,120}$/.test(file)) return file;
  const escaped = file.replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return JSON.stringify(escaped.slice(0, 120)).replaceAll("\\\\u", "\\u");
}

function shapeProblems(value: unknown, id: string): Problem[] {
  const path = pathOf(id);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return [{ path, got: value, fix: "write a map of a line for each field: request: database" }];
  const kind: unknown = Object.hasOwn(value, "request") ? Reflect.get(value, "request") : undefined;
  const fix = `use ${REQUEST_KINDS.join(", ")}`;
  if (kind === undefined) return [{ path: [...path, "request"], why: "missing", fix }];
  if (!REQUEST_KINDS.some((known) => known === kind))
    return [{ path: [...path, "request"], got: kind, fix: `${fix}${didYouMean(kind, REQUEST_KINDS)}` }];
  return check(REQUEST, value, path);
}
