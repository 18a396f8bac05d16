import { visible } from "./values";

/* Texts of an input, as Markdown shows them and does nothing else. */

/** Characters that mean something in Markdown as GitHub reads it, or in HTML. */
const SPECIAL = /[\\`*_{}[\]<>#|~&!$]/g;

/** A text in prose. Names with an @ call nobody, numbers with a # lead nowhere. */
export const prose = (text: string): string =>
  visible(text)
    .replace(SPECIAL, (character) =>
      character === "<" ? "&lt;" : character === ">" ? "&gt;" : character === "&" ? "&amp;" : `\\${character}`,
    )
    .replaceAll("@", "@<!-- -->")
    .replace(/(https?|ftp):\/\//gi, "$1:<!-- -->//")
    .replace(/\bwww\./gi, "www<!-- -->.");

/** A text in a span of code, in as many backticks as it needs. */
export function span(given: string): string {
  const text = visible(given);
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = text.startsWith("`") || text.endsWith("`") || text.trim() === "" ? " " : "";
  return `${fence}${space}${text}${space}${fence}`;
}

/** Lines in a block of code. */
export function block(lines: readonly string[], language: string): string {
  const longest = Math.max(2, ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const fence = "`".repeat(longest + 1);
  return [`${fence}${language}`, ...lines, fence].join("\n");
}

/** A text between tags of HTML, where Markdown is not read. */
export const tagged = (text: string): string =>
  visible(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("@", "@<!-- -->");
