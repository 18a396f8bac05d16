import { own } from "../model/own";
import type { RecordedFile, RecordedOutputs, RecordedPart } from "../outputs/record";
import { NotAPlan } from "../plan/not-a-plan";
import { isFields } from "../plan/object";

/*
 * What else is rendered of the model, and changes: Compose, the chart, dashboards. Told by what each commit says that it renders, so that
 * no code of either is run, and by digests, so that no value is told.
 */

/** Files of one output that change. */
export interface RenderedReport {
  /** Name of the output: `helm-chart`. */
  readonly name: string;
  /** How many of what change: two of `chart value`. */
  readonly counts: readonly { readonly called: string; readonly count: number }[];
  readonly files: readonly RenderedFileReport[];
}

export interface RenderedFileReport {
  readonly file: string;
  readonly becomes: Becomes;
  /** Parts that change, where the file has several. */
  readonly parts: readonly { readonly called: string; readonly name: string; readonly becomes: Becomes }[];
}

export type Becomes = "changed" | "gone" | "new";

/** What each side renders. */
export interface RenderedSides {
  readonly base: RecordedOutputs;
  readonly head: RecordedOutputs;
}

const isPart = (value: unknown): boolean =>
  isFields(value) &&
  typeof value.called === "string" &&
  typeof value.digest === "string" &&
  (value.name === undefined || typeof value.name === "string");

const HOW = "give what `goldenpath render --record` has written";

/**
 * Reads what `goldenpath render --record` has written.
 *
 * @throws NotAPlan with one line, where it is another
 */
export function readRecord(text: string): RecordedOutputs {
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch {
    throw new NotAPlan(`is no JSON, or cut short; ${HOW}`);
  }
  const { version, outputs } = isFields(record) ? record : {};
  if (version !== 1 || !isFields(outputs)) throw new NotAPlan(`is no record of what is rendered; ${HOW}`);
  if (!Object.values(outputs).every((files) => Array.isArray(files) && files.every(isFile)))
    throw new NotAPlan(`has a file that is not told as one; ${HOW}`);
  return record as RecordedOutputs;
}

function isFile(value: unknown): boolean {
  if (!isFields(value) || typeof value.file !== "string" || typeof value.digest !== "string") return false;
  return Array.isArray(value.parts) && value.parts.every(isPart);
}

/** Outputs of which a file changes, in the order of their names. */
export function renderedChanges({ base, head }: RenderedSides): RenderedReport[] {
  const names = [...new Set([...Object.keys(base.outputs), ...Object.keys(head.outputs)])].sort();
  return names.flatMap((name) => {
    const [was, is] = [base, head].map(
      ({ outputs }) => new Map((own(outputs, name) ?? []).map((file) => [file.file, file])),
    );
    const files = [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])].sort();
    const changes = files.flatMap((file) => changeOf(was?.get(file), is?.get(file)));
    if (changes.length === 0) return [];
    return [
      { name, counts: counted(changes.flatMap(({ counts }) => counts)), files: changes.map(({ report }) => report) },
    ];
  });
}

interface FileChange {
  readonly report: RenderedFileReport;
  /** What each thing that changes is called. */
  readonly counts: readonly string[];
}

const byKey = (file: RecordedFile | undefined): ReadonlyMap<string, RecordedPart> =>
  new Map((file?.parts ?? []).map((part) => [`${part.called} ${part.name ?? ""}`, part]));

function changeOf(was: RecordedFile | undefined, is: RecordedFile | undefined): FileChange[] {
  const file = is?.file ?? was?.file ?? "";
  if (was?.digest === is?.digest) return [];
  const becomes: Becomes = was === undefined ? "new" : is === undefined ? "gone" : "changed";
  const [ones, others] = [byKey(was), byKey(is)];
  const parts = [...new Set([...ones.keys(), ...others.keys()])].flatMap((key) => {
    const [one, other] = [ones.get(key), others.get(key)];
    const part = other ?? one;
    if (part === undefined || one?.digest === other?.digest) return [];
    const what: Becomes = one === undefined ? "new" : other === undefined ? "gone" : "changed";
    return [{ called: part.called, name: part.name, becomes: what }];
  });
  const named = parts.flatMap(({ name, ...part }) => (name === undefined ? [] : [{ ...part, name }]));
  // Its comments, or the order of what is in it.
  const counts = parts.length === 0 ? ["file without another value"] : parts.map(({ called }) => called);
  return [{ report: { file, becomes, parts: named }, counts }];
}

/** How many of each, in the order in which they come. */
function counted(all: readonly string[]): RenderedReport["counts"] {
  const counts = new Map<string, number>();
  for (const called of all) counts.set(called, (counts.get(called) ?? 0) + 1);
  return [...counts].map(([called, count]) => ({ called, count }));
}
