import { type Html, joined, markup, type Part } from "./html";

/* Small pieces that every part of a page is made of. */

/** How a badge looks: by its meaning, which its words say as well. */
export type Tone = "bad" | "good" | "plain" | "warn";

export const badge = (tone: Tone, text: string): Html => markup`<span class="badge ${tone}">${text}</span>`;

/** Where a long word may be broken: after what separates its parts, and amid a digest. */
const BREAKS = /(?<=[/:_@=])(?=\S)|(?<=\.)(?=[a-z]{3})|(?<=[0-9a-z]{24})(?=[0-9a-z]{8})/g;

export const code = (text: string): Html => markup`<code>${joined(text.split(BREAKS), markup`<wbr>`)}</code>`;

export const codes = (texts: readonly string[]): Html => joined(texts.map(code), ", ");

/** A dash for people who see, and a word for those who listen. */
export const nothing: Html = markup`<span class="muted"><span aria-hidden="true">–</span><span class="heard">none</span></span>`;

/** Lines one below the other; of none a dash. */
export function lines(parts: readonly Part[]): Html {
  const there = parts.filter((one) => one !== undefined && one !== "");
  return there.length === 0 ? nothing : joined(there, markup`<br>`);
}

/** A short name that is not broken at its hyphens. */
export const whole = (name: string): Html =>
  name.length > 22 ? markup`${name}` : markup`<span class="whole">${name}</span>`;

export const muted = (words: Part): Html => markup`<span class="muted">${words}</span>`;

/** A link to another site. An address with another scheme than those of the web stays a text. */
export const link = (address: string, words: Part): Html =>
  /^https?:\/\//.test(address) ? markup`<a href="${address}" rel="noreferrer">${words}</a>` : markup`${words}`;

/** `1 alert`, `2 alerts` */
export const count = (amount: number, one: string, more = `${one}s`): string =>
  `${amount} ${amount === 1 ? one : more}`;

/** Terms and what is said of each; those of which nothing is said are left out. */
export const terms = (rows: readonly (readonly [term: string, said: Part])[]): Html =>
  markup`<dl class="terms">
${rows.map(([term, said]) => (said === undefined ? undefined : markup`<div><dt>${term}</dt><dd>${said}</dd></div>\n`))}</dl>
`;

/** A part of a page with its heading, by which the list of contents finds it. */
export const section = (id: string, title: Part, body: Part): Html =>
  markup`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${body}</section>
`;

/** A part of an application's. */
export const part = (id: string, title: string, body: Part): Html =>
  markup`<section class="part" id="${id}" aria-labelledby="${id}-title">
<h3 id="${id}-title">${title}</h3>
${body}</section>
`;

/** What is long and seldom read, behind a word. */
export const folded = (words: Part, body: Part): Html =>
  markup`<details>
<summary>${words}</summary>
${body}</details>
`;

/** A list of sentences. */
export const list = (items: readonly Part[]): Html =>
  markup`<ul>
${items.map((item) => markup`<li>${item}</li>\n`)}</ul>
`;
