import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { marksIn } from "../../constructs/templates/update/text";
import { type Recorded, recordsOf } from "./records";

/** A file in which a conflict is not resolved. */
export interface Marked {
  readonly file: string;
  /** Lines at which conflicts begin, from 1. */
  readonly lines: readonly number[];
}

/** Files of a template with marks of a conflict. The files say it, and no list beside them that somebody has to keep. */
export function markedIn({ root, record }: Recorded): readonly Marked[] {
  return record.files.merged.flatMap((file) => {
    const path = join(root, file);
    if (!existsSync(path) || !statSync(path).isFile()) return [];
    const lines = marksIn(readFileSync(path, "utf8"));
    return lines.length === 0 ? [] : [{ file, lines }];
  });
}

/** The same of every record of a program. */
export const markedBelow = (root: string): readonly Marked[] => recordsOf(root).flatMap(markedIn);

/** One line for people. */
export const describeMarks = ({ file, lines }: Marked): string =>
  `${file}: has marks of a conflict in line ${lines.join(", ")}`;
