/*
 * Terraform evaluates `${` and `%{` in every string. `FastStack` escapes all that it is given, so a string is what it says
 * unless it comes from `expression` or from cdktf's own references: there is no call that could be forgotten.
 */

/** Dollars and percents in front of a brace. One is escaped by a second; of more, Terraform would take two for an escape. */
const OPENING = /[$%]+(?=\{)/g;
const LAST = /[$%]+$/;

const quoted = (run: string): string => `\${"${run}"}`;

/**
 * The string as Terraform must be given it to mean the same characters.
 *
 * @param beforeReference whether a reference follows, to which the last characters must not be joined
 */
export function literal(text: string, beforeReference = false): string {
  const escaped = text.includes("{")
    ? text.replace(OPENING, (run) => (run.length === 1 ? run + run : quoted(run)))
    : text;
  return beforeReference ? escaped.replace(LAST, quoted) : escaped;
}

const ESCAPES: Readonly<Record<string, string>> = { "\\b": "\\u0008", "\\f": "\\u000c" };

/** The text as a literal of Terraform's language, with its quotes. */
export function literalExpression(text: string): string {
  // Of JSON's escapes Terraform has all but these two.
  return literal(JSON.stringify(text)).replace(/\\[bf]|\\./g, (escape) => ESCAPES[escape] ?? escape);
}
