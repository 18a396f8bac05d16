import { type Archive, type FileClass, type FilePart, filled, fits } from "./archive";
import type { Inputs } from "./inputs";
import { recordOf } from "./record";

/** A file of a new repository. */
export interface NewFile {
  /** Path from its folder. */
  readonly path: string;
  readonly text: string;
  readonly class: FileClass;
  readonly part: FilePart;
  readonly executable: boolean;
}

export interface Rendered {
  readonly files: readonly NewFile[];
  /** Paths of those that the first `goldenpath render` writes. */
  readonly later: readonly string[];
  /** Text of the file `.goldenpath.json`. */
  readonly record: string;
}

/** The files of a new repository, and the record of what they came from; the same for the same archive and inputs, byte for byte. */
export function renderTemplate(archive: Archive, digest: string, inputs: Inputs): Rendered {
  const all = archive.files
    .filter((file) => fits(file, inputs.choices))
    .map(({ path, text, class: whose, part, executable = false, later = false }) => {
      const value = (name: keyof Inputs["values"]): string => inputs.values[name];
      return { path: filled(path, value), text: filled(text, value), class: whose, part, executable, later };
    });
  const files = all.flatMap(({ later, ...file }): NewFile[] => (later ? [] : [file]));
  const later = all.flatMap((file) => (file.later ? [file.path] : []));
  return { files, later, record: recordOf(archive, digest, inputs, all) };
}
