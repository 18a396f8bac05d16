import { sha256 } from "../model/sha256";
import type { RenderedFile } from "./target";

/*
 * What was rendered, as a file that can be compared with that of another commit without either's code: which parts each file has,
 * and a digest of each. No value is in it.
 */

/** What was rendered, by the names of outputs. */
export interface RecordedOutputs {
  /** Raised where an earlier reader would take one record for another. */
  readonly version: 1;
  readonly outputs: Readonly<Record<string, readonly RecordedFile[]>>;
}

export interface RecordedFile {
  /** Path from the root of the program. */
  readonly file: string;
  /** SHA-256 of its text, in hexadecimal. */
  readonly digest: string;
  readonly parts: readonly RecordedPart[];
}

/** A part of a file that is counted by itself. */
export interface RecordedPart {
  /** What one is, for people, in the singular: `chart value`. */
  readonly called: string;
  /** Name in its file. Absent where the part is the whole file. */
  readonly name?: string;
  /** SHA-256 of its text. */
  readonly digest: string;
}

/** Takes down what was rendered, in the order of outputs and of their files. */
export function recordOf(rendered: readonly RenderedFile[]): RecordedOutputs {
  const outputs = new Map<string, RecordedFile[]>();
  for (const { target, file, text } of rendered) {
    const parts = target.parts(file, text).map(({ called, name, text: of }) => ({
      called,
      ...(name !== undefined && { name }),
      digest: sha256(of),
    }));
    outputs.set(target.name, [...(outputs.get(target.name) ?? []), { file, digest: sha256(text), parts }]);
  }
  return { version: 1, outputs: Object.fromEntries(outputs) };
}
