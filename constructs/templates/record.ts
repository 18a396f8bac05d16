import { z } from "zod";
import { InvalidInput, type Problem, refuse } from "../model/problem";
import { check } from "../model/schema";
import type { Archive, FileClass } from "./archive";
import type { Inputs } from "./inputs";

/** Name of the file that says what a repository came from. */
export const RECORD = ".goldenpath.json";

/** What a repository came from: with the version of that template and these inputs the same bytes are made again. */
export interface TemplateRecord {
  readonly template: string;
  readonly version: number;
  /** SHA-256 of the version as the package keeps it. */
  readonly digest: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** Folder of the environments of the program that it was written into, which has no more of it than its code and its model. */
  readonly into?: string;
  /** Files of the template that are the team's from some day on, by their paths. @default - none */
  readonly ejected?: Readonly<Record<string, Ejected>>;
  /** Every other file that was written, by whose it is. */
  readonly files: Readonly<Record<FileClass, readonly string[]>>;
}

/** A file that later versions do not change: why, and of which version it was when it became the team's. */
export interface Ejected {
  readonly reason: string;
  readonly version: number;
  readonly digest: string;
}

const CLASSES: readonly FileClass[] = ["owned", "merged", "seeded"];

/** Text of a record. It has no time, no person and nothing of the machine, so that a second run writes the same. */
export function recordText({ template, version, digest, inputs, into, ejected = {}, files }: TemplateRecord): string {
  const sorted = Object.entries(ejected).sort(([a], [b]) => (a < b ? -1 : 1));
  const record = {
    ...{ template, version, digest, inputs },
    ...(into !== undefined && { into }),
    ...(sorted.length > 0 && { ejected: Object.fromEntries(sorted) }),
    files: Object.fromEntries(CLASSES.map((whose) => [whose, files[whose]])),
  };
  return `${JSON.stringify(record, null, 2)}\n`;
}

/** Inputs as a record has them. */
export const recordedInputs = ({ values, choices }: Inputs): Readonly<Record<string, string>> => ({
  name: values.name,
  owner: values.owner,
  ...choices,
  package: values.package,
});

/** The record's text of what was written of a template. */
export function recordOf(
  { template, version }: Pick<Archive, "template" | "version">,
  digest: string,
  inputs: Inputs,
  files: readonly { readonly path: string; readonly class: FileClass }[],
  into?: string,
): string {
  const of = (whose: FileClass): string[] => files.flatMap((file) => (file.class === whose ? [file.path] : []));
  return recordText({
    ...{ template, version, digest, inputs: recordedInputs(inputs) },
    ...(into !== undefined && { into }),
    files: { owned: of("owned"), merged: of("merged"), seeded: of("seeded") },
  });
}

/** Sentence by which a file is ejected, or an object patched. */
export const reason = z
  .string()
  .trim()
  .min(10)
  .max(1000)
  .regex(/^[^\n\r]*$/, "say it in one line");

/** A path below the folder: whoever edits a record leads nobody out of it. */
const path = z
  .string()
  .min(1)
  .max(400)
  .regex(/^(?!\/)(?!.*(?:^|\/)\.{0,2}(?:\/|$))[^\\\0]+$/, "use a path below the folder, without . and ..");

const digest = z.string().regex(/^[0-9a-f]{64}$/, "leave it as it was written");
const version = z.number().int().min(1);
const RECORDED = z.strictObject({
  template: z.string().regex(/^[a-z][a-z-]*$/, "leave it as it was written"),
  version,
  digest,
  inputs: z.record(z.string(), z.string()),
  into: z.union([path, z.literal(".")]).optional(),
  ejected: z.record(path, z.strictObject({ reason, version, digest })).optional(),
  files: z.strictObject({ owned: z.array(path), merged: z.array(path), seeded: z.array(path) }),
});

/**
 * Reads the text of a record.
 *
 * @param at path of the file, for messages
 * @throws InvalidInput where it is no record, with all that is wrong with it
 */
export function readRecord(text: string, at: string): TemplateRecord {
  const value = parsed(text, at);
  const problems: Problem[] = check(RECORDED, value, []).map((problem) => ({ ...problem, at }));
  refuse(problems);
  return value as TemplateRecord;
}

function parsed(text: string, at: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const why = "is no JSON; people do not write it, and a merge of two branches can tear it";
    throw new InvalidInput([{ path: [at], why, fix: "take that of one branch, and run goldenpath update on it" }]);
  }
}
