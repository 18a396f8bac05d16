import { createHash } from "node:crypto";
import { type Html, markup, ofTheProgram, type Part } from "./html";
import { STYLE } from "./style";

/** Tells a page of this program from any other file: the only ones that it overwrites and removes. */
const GENERATOR = markup`<meta name="generator" content="goldenpath page">`;

/** Whether a file's text is a page of this program, of whichever version. */
export const isPage = (text: string): boolean => text.includes(GENERATOR.text);

/** A small drawing, so that no browser asks a server for one. */
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%230b66c3'/%3E%3Cpath d='M4 8h8M8 4l4 4-4 4' fill='none' stroke='white' stroke-width='2'/%3E%3C/svg%3E";

/**
 * What a browser may do with a page: show it in this style, and nothing else. No script runs, whatever got into it, and nothing
 * is asked of anybody.
 */
export const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

export interface Page {
  readonly title: string;
  /** Heading and what stands with it, above everything. */
  readonly head: Part;
  /** The list of contents. @default - none: the page is short */
  readonly contents?: Part;
  readonly main: Part;
  readonly foot: Part;
}

const whole = (title: string, head: Part, body: Html, foot: Part): Html => markup`<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
${GENERATOR}
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="${ICON}">
<style>${ofTheProgram(STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<div class="frame">
<header>
${head}</header>
${body}
<footer>
${foot}</footer>
</div>
</body>
</html>
`;

/** A whole file: style and drawings are in it, and it asks for nothing else. */
export function documentOf({ title, head, contents, main, foot }: Page): string {
  const body =
    contents === undefined
      ? markup`<main id="main">
${main}</main>`
      : markup`<div class="columns">
<nav aria-label="On this page">
${contents}</nav>
<main id="main">
${main}</main>
</div>`;
  return `<!doctype html>
${whole(title, head, body, foot).text}`;
}
