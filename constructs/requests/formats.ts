import type { Answer } from "./answer";
import { answersMarkdown } from "./answer-markdown";
import { answersText } from "./answer-text";

/** How answers are printed, by the name of the format. */
export const FORMATS: Readonly<Record<"json" | "markdown" | "text", (answers: readonly Answer[]) => string>> = {
  text: answersText,
  markdown: answersMarkdown,
  json: (answers) => `${JSON.stringify({ requests: answers }, undefined, 2)}\n`,
};
