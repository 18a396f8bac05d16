/** Text that is markup already. Made in this file alone, so that nothing else gets into a page unescaped. */
export class Html {
  constructor(readonly text: string) {}
}

/** What a template takes: markup stays, texts and numbers are escaped, lists are joined, and of nothing there is nothing. */
export type Part = Html | string | number | undefined | readonly Part[];

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A text as HTML shows it, in an element or between quotes. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (found) => ESCAPES[found] ?? found);

function textOf(part: Part): string {
  if (part === undefined) return "";
  if (part instanceof Html) return part.text;
  if (typeof part === "object") return part.map(textOf).join("");
  return escaped(String(part));
}

/** Markup with values in it, which are escaped wherever they stand: values of attributes are to be in quotes. */
export const markup = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  new Html(strings.map((text, index) => `${text}${textOf(parts[index])}`).join(""));

/** Text of this program's own sources, which is markup as it stands. Nothing of an input may be in it. */
export const ofTheProgram = (text: string): Html => new Html(text);

/** Markup that stands between others, as `, ` does. */
export const joined = (parts: readonly Part[], between: Part): Html =>
  markup`${parts.map((part, index) => (index === 0 ? part : [between, part]))}`;
