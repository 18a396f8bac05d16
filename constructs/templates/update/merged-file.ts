import { reads } from "../../yaml/reads";
import type { NewFile } from "../render";
import type { Changed } from "./outcome";
import { asConflict, endsInCrlf, hasMarks, type Labels, marksIn, type Three, toCrlf, toLf } from "./text";

/** How three texts are put together. */
export interface ThreeWay {
  readonly labels: Labels;
  /** Puts them together line by line, with marks where two edits meet. */
  readonly merge: (texts: Three, labels: Labels) => string;
}

/**
 * Puts three texts of a file together: what the template had, what it has, and what is here.
 *
 * @returns what is to be written; nothing where that is what is there; `marked` where a conflict of before is in it
 */
export function mergedFile(
  path: string,
  ours: { readonly text: string; readonly executable: boolean },
  { base, theirs }: { readonly base: NewFile; readonly theirs: NewFile },
  { labels, merge }: ThreeWay,
): Changed | "marked" | undefined {
  if (hasMarks(ours.text)) return "marked";
  // The template's mode where it changes, and whatever somebody has made of it where it does not.
  const executable = base.executable === theirs.executable ? ours.executable : theirs.executable;
  const isCrlf = endsInCrlf(ours.text) && !endsInCrlf(theirs.text);
  const here = isCrlf ? toLf(ours.text) : ours.text;
  const text = textOf(path, { ours: here, base: base.text, theirs: theirs.text }, { labels, merge });
  const written = { text: isCrlf ? toCrlf(text) : text, executable };
  if (written.text === ours.text && executable === ours.executable) return undefined;
  const lines = marksIn(text);
  if (lines.length > 0) return { is: "conflict", path, written, lines };
  return { is: text === theirs.text ? "updated" : "merged", path, written };
}

function textOf(path: string, texts: Three, { labels, merge }: ThreeWay): string {
  const { ours, base, theirs } = texts;
  if (ours === base || ours === theirs) return theirs;
  if (base === theirs) return ours;
  if (base === "") return asConflict(texts, labels);
  const text = merge(texts, labels);
  // Lines of both, each right in its own file, can be wrong beside each other: a comma too few, a key twice.
  const isTorn = !hasMarks(text) && reads(path, ours) === true && reads(path, text) === false;
  return isTorn ? asConflict(texts, labels) : text;
}
