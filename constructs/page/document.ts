import { createHash } from "node:crypto";
import { type Html, markup, ofTheProgram, type Part } from "./html";
import { STYLE } from "./style";

/** What the pages of a site have around them. */
export interface Frame {
  /** The bar above everything, with what leads to the other pages. */
  readonly bar: Html;
  /** Style beside that of every page. */
  readonly style: string;
  /** Elements that run scripts of the site's own files. */
  readonly scripts: Html;
}

/** Tells a page of this program from any other file: the only ones that it overwrites and removes. */
const GENERATOR = markup`<meta name="generator" content="goldenpath page">`;

/** Whether a file's text is a page of this program, of whichever version. */
export const isPage = (text: string): boolean => text.includes(GENERATOR.text);

/** A small drawing, so that no browser asks a server for one. */
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%230b66c3'/%3E%3Cpath d='M4 8h8M8 4l4 4-4 4' fill='none' stroke='white' stroke-width='2'/%3E%3C/svg%3E";

/**
 * What a browser may do with a page: show it in this style, and nothing else. No script that stands in it runs, whatever got into
 * it, and nothing is asked of anybody. A site runs scripts of its own files; that these are its own, a page that is opened from a
 * file says by `file:`.
 */
function policy(style: string, isScripted: boolean): string {
  return [
    "default-src 'none'",
    `style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`,
    ...(isScripted ? ["script-src 'self' file:"] : []),
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

const policies = new Map<string, string>();

/** Made once for each style: a site has hundreds of pages of one. */
function policyOf(style: string, isScripted: boolean): string {
  const known = policies.get(style) ?? policy(style, isScripted);
  policies.set(style, known);
  return known;
}

export interface Page {
  readonly title: string;
  /** Heading and what stands with it, above everything. */
  readonly head: Part;
  /** The list of contents. @default - none: the page is short */
  readonly contents?: Part;
  readonly main: Part;
  readonly foot: Part;
  /** The site that it is a page of. @default - it stands alone */
  readonly frame?: Frame;
}

interface Whole {
  readonly title: string;
  readonly style: string;
  readonly scripts?: Html;
  readonly body: Html;
}

const whole = ({ title, style, scripts, body }: Whole): Html => markup`<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(style, scripts !== undefined)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
${GENERATOR}
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="${ICON}">
<style>${ofTheProgram(style)}</style>
${scripts}</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
${body}</body>
</html>
`;

/** A whole file: style and drawings are in it, and alone it asks for nothing else. */
export const documentOf = (page: Page): string =>
  `<!doctype html>
${(page.frame === undefined ? alone(page) : framed(page, page.frame)).text}`;

function alone({ title, head, contents, main, foot }: Page): Html {
  const content =
    contents === undefined
      ? markup`<main id="main">
${main}</main>`
      : markup`<div class="columns">
<nav aria-label="On this page">
${contents}</nav>
<main id="main">
${main}</main>
</div>`;
  const body = markup`<div class="frame">
<header>
${head}</header>
${content}
<footer>
${foot}</footer>
</div>
`;
  return whole({ title, style: STYLE, body });
}

function framed({ title, head, contents, main, foot }: Page, { bar, style, scripts }: Frame): Html {
  const body = markup`${bar}<div class="frame">
<main id="main">
<div class="head">
${head}</div>
${
  contents === undefined
    ? main
    : markup`<div class="columns">
<nav class="contents" aria-label="On this page">
${contents}</nav>
<div class="content">
${main}</div>
</div>
`
}</main>
<footer>
${foot}</footer>
</div>
`;
  return whole({ title, style: `${STYLE}${style}`, scripts, body });
}
