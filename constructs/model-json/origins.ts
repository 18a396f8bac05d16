import { placeIn } from "../model/brought";
import type { EnvironmentInput } from "../model/environment";
import { callsOf } from "../model/origin";
import type { EnvironmentDocument } from "./schema";
import { SourceFiles, type TypeScript } from "./source/files";
import { type Bound, type Calls, Locator, type Place } from "./source/locate";
import { candidates, type Written } from "./written";

/** The sources of a program that was bundled, as whoever bundled it knows them. */
export interface Sources {
  /** Folder that paths start from, absolute. */
  readonly root: string;
  /** Every file of the program, from the root. */
  readonly files: readonly string[];
  /** Digest of everything but the files on which an answer depends: this library's code, and TypeScript's version. */
  readonly digest: string;
  /** Folder in which answers are kept, by their content; removing it is always safe. */
  readonly cache: string;
  /** The file that lists the environments: where a value is from of which nothing closer is known. */
  readonly entry: string;
  /** Folder of the library where it is part of the program. @default - it is a package */
  readonly library?: string;
  /** Where a place of the running program stands in a source; nothing where it is in none. */
  locate(place: string): { readonly file: string; readonly line: number; readonly column: number } | undefined;
  /** TypeScript, where the repository has it. */
  typescript(): TypeScript | undefined;
}

/** Where the values of an environment's document were written, by their JSON Pointers: `file:line`, or `file`. */
export function originsOf(
  name: string,
  document: EnvironmentDocument,
  input: EnvironmentInput,
  sources: Sources,
): Readonly<Record<string, string>> {
  const parsed = parsedSources(sources);
  const found = candidates(name, document, input).flatMap(({ pointer, places }): [string, string][] => {
    for (const written of places) {
      const place =
        broughtFrom(written) ??
        (parsed === undefined ? nameOfCall(sources, written) : placeOf(parsed, sources, written));
      if (place !== undefined)
        return [[pointer, place.line === undefined ? place.file : `${place.file}:${place.line}`]];
    }
    return [];
  });
  return Object.fromEntries(found);
}

/** Place of a value that a file of data brought. */
function broughtFrom(written: Written): Pick<Place, "file" | "line"> | undefined {
  const place = valueAt(written) === undefined ? undefined : placeIn(written.given, written.path);
  const [, file, line] = /^(.*):(\d+)$/.exec(place ?? "") ?? [];
  return file === undefined ? undefined : { file, line: Number(line) };
}

/** Sources with what was read of them. */
export interface Parsed {
  readonly files: SourceFiles;
  readonly locator: Locator;
  /** Expression that each object stands in which a call was given. */
  readonly given: Map<object, Bound | undefined>;
}

/** The parser over a program's sources; `undefined` where the repository has no TypeScript. */
export function parsedSources(sources: Sources): Parsed | undefined {
  const typescript = sources.typescript();
  if (typescript === undefined) return undefined;
  const files = new SourceFiles(typescript, sources.root);
  const { library } = sources;
  const isLibrary = (from: string): boolean =>
    /^goldenpath(?:\/|$)/.test(from) || (library !== undefined && from.startsWith(library));
  return { files, locator: new Locator(files, isLibrary), given: new Map() };
}

/** The expression that a call was given for an object. */
export function givenAs({ given, files }: Parsed, sources: Sources, object: object): Bound | undefined {
  if (!given.has(object)) given.set(object, argumentOf(files, sources, object));
  return given.get(object);
}

function placeOf(parsed: Parsed, sources: Sources, written: Written): Place | undefined {
  const bound = givenAs(parsed, sources, written.given);
  const value = valueAt(written);
  // A condition may have left out what stands there: then it is a default.
  if (value === undefined) return undefined;
  if (bound === undefined) return { file: sources.entry };
  const found = parsed.locator.locate(bound, written.path.map(String));
  if (found === undefined) return undefined;
  // What is computed may say anything, so the program is asked: no line is named that says something else.
  const isPlain = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  const isSame = found.literal === undefined || !isPlain || found.literal === String(value);
  return isSame ? found : { file: found.file };
}

/** The first argument of the call that was given an object, with those of the calls around it. */
function argumentOf(files: SourceFiles, sources: Sources, given: object): Bound | undefined {
  const calls = callsOf(given).map((place) => {
    const at = place === undefined ? undefined : sources.locate(place);
    return at === undefined ? undefined : files.callAt(at);
  });
  const [call] = calls;
  const node = call?.arguments[0];
  if (call === undefined || node === undefined) return undefined;
  let around: Calls = new Map();
  for (let index = calls.length - 2; index >= 0; index--) {
    const [inner, outer] = [calls[index], calls[index + 1]];
    const called = inner === undefined ? undefined : functionAround(files, inner);
    // A call without a function around it is of a file that another one imports.
    if (called === undefined || outer === undefined) around = new Map();
    else around = new Map(around).set(called, { args: outer.arguments, calls: around });
  }
  return { node, calls: around };
}

function functionAround({ ts }: SourceFiles, call: NonNullable<ReturnType<SourceFiles["callAt"]>>) {
  return ts.findAncestor(call.parent, ts.isFunctionLike);
}

/** Place of a value without TypeScript: the file and line of the call, of what was written. */
function nameOfCall(sources: Sources, written: Written): Place | undefined {
  if (valueAt(written) === undefined) return undefined;
  const [place] = callsOf(written.given);
  const at = place === undefined ? undefined : sources.locate(place);
  return at === undefined ? { file: sources.entry } : { file: at.file, line: at.line };
}

/** What the program has at a path. What a service was told is in its `spec`. */
function valueAt({ given, path }: Written): unknown {
  const [kind, name, ...field] = path;
  const steps = kind === "services" && field.length > 0 ? [kind, name, "spec", ...field] : path;
  return steps.reduce<unknown>((value, step) => {
    if (typeof value !== "object" || value === null || step === undefined) return undefined;
    return Object.hasOwn(value, step) ? (value as Readonly<Record<string | number, unknown>>)[step] : undefined;
  }, given);
}
