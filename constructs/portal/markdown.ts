import MarkdownIt, { type Token } from "markdown-it";
import { type Html, markup, type Part } from "../page/html";

/*
 * Markdown as parts of a page. Its tokens are put together again here, each text escaped: markup in a Markdown file stays a text,
 * and no element gets onto a page that is not named here.
 */

/** Where a link of a document leads. `undefined`: nowhere that people could go, so that its words alone are shown. */
export type Resolve = (href: string) => string | undefined;

export interface Prose {
  readonly body: Html;
  /** Text of its first heading of level 1, which is not in the body. */
  readonly title: string | undefined;
  /** Its headings of level 2, for a list of contents. */
  readonly parts: readonly (readonly [id: string, title: string])[];
}

const parser = new MarkdownIt({ html: false, linkify: false });

/** A name as GitHub makes it of a heading. */
const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replace(/\s/g, "-");

/** Elements that are what they are in Markdown, by the beginning of their tokens' names. */
const ELEMENTS: Readonly<Record<string, (inner: Part) => Html>> = {
  paragraph: (inner) => markup`<p>${inner}</p>\n`,
  bullet_list: (inner) => markup`<ul>\n${inner}</ul>\n`,
  list_item: (inner) => markup`<li>${inner}</li>\n`,
  blockquote: (inner) => markup`<blockquote>${inner}</blockquote>\n`,
  em: (inner) => markup`<em>${inner}</em>`,
  strong: (inner) => markup`<strong>${inner}</strong>`,
  s: (inner) => markup`<s>${inner}</s>`,
  table: (inner) => markup`<div class="scroll" tabindex="0"><table>\n${inner}</table></div>\n`,
  thead: (inner) => markup`<thead>${inner}</thead>\n`,
  tbody: (inner) => markup`<tbody>\n${inner}</tbody>\n`,
  tr: (inner) => markup`<tr>${inner}</tr>\n`,
  th: (inner) => markup`<th scope="col">${inner}</th>`,
  td: (inner) => markup`<td>${inner}</td>`,
};

/** A block of code, which scrolls by itself where the keyboard is. */
export const codeBlock = (text: string): Html =>
  markup`<pre tabindex="0"><code>${text.replace(/\n$/, "")}</code></pre>\n`;

const textIn = (tokens: readonly Token[]): string =>
  tokens.map((token) => (token.children === null ? token.content : textIn(token.children))).join("");

class Renderer {
  readonly parts: (readonly [id: string, title: string])[] = [];
  called: string | undefined;
  readonly #ids = new Map<string, number>();

  constructor(
    private readonly resolve: Resolve,
    private readonly isRemark: boolean,
  ) {}

  /** Tokens as they stand beside each other; what an opening token begins ends with the one of its own level. */
  all(tokens: readonly Token[]): Html[] {
    const made: Html[] = [];
    for (let at = 0; at < tokens.length; at++) {
      const token = tokens[at];
      if (token === undefined) break;
      if (token.nesting !== 1) {
        made.push(this.#leaf(token));
        continue;
      }
      const end = tokens.findIndex((one, index) => index > at && one.nesting === -1 && one.level === token.level);
      const inner = tokens.slice(at + 1, end === -1 ? tokens.length : end);
      made.push(this.#element(token, inner));
      at += inner.length + 1;
    }
    return made;
  }

  #leaf({ type, content, children }: Token): Html {
    switch (type) {
      case "inline":
        return markup`${this.all(children ?? [])}`;
      case "code_inline":
        return markup`<code>${content}</code>`;
      case "fence":
      case "code_block":
        return codeBlock(content);
      case "softbreak":
        return markup` `;
      case "hardbreak":
        return markup`<br>`;
      case "hr":
        return markup`<hr>\n`;
      // A picture would be asked of somebody: its words stand for it.
      case "image":
        return markup`${textIn(children ?? [])}`;
      default:
        return markup`${content}`;
    }
  }

  #element(token: Token, inner: readonly Token[]): Html {
    const kind = token.type.replace(/_open$/, "");
    if (kind === "heading") return this.#heading(token, inner);
    const body = this.all(inner);
    if (kind === "link") {
      const href = this.resolve(String(token.attrGet("href") ?? ""));
      return href === undefined ? markup`${body}` : markup`<a href="${href}" rel="noreferrer">${body}</a>`;
    }
    if (kind === "ordered_list") {
      const start = token.attrGet("start")?.toString() ?? null;
      return markup`<ol${start === null ? undefined : markup` start="${start}"`}>\n${body}</ol>\n`;
    }
    // Paragraphs of a tight list are none.
    if (kind === "paragraph" && token.hidden) return markup`${body}`;
    return ELEMENTS[kind]?.(body) ?? markup`${body}`;
  }

  #heading({ tag }: Token, inner: readonly Token[]): Html {
    if (this.isRemark) return markup`<p><strong>${this.all(inner)}</strong></p>\n`;
    const text = textIn(inner);
    const level = Number(tag.slice(1));
    if (level === 1 && this.called === undefined) {
      this.called = text;
      return markup``;
    }
    const base = slug(text) || "part";
    const seen = this.#ids.get(base) ?? 0;
    this.#ids.set(base, seen + 1);
    const id = seen === 0 ? base : `${base}-${seen}`;
    if (level <= 2) this.parts.push([id, text]);
    const body = this.all(inner);
    if (level <= 2) return markup`<h2 id="${id}">${body}</h2>\n`;
    if (level === 3) return markup`<h3 id="${id}">${body}</h3>\n`;
    return level === 4 ? markup`<h4 id="${id}">${body}</h4>\n` : markup`<h5 id="${id}">${body}</h5>\n`;
  }
}

/** A Markdown document as a page. */
export function prose(text: string, resolve: Resolve): Prose {
  const renderer = new Renderer(resolve, false);
  const body = markup`<div class="prose">\n${renderer.all(parser.parse(text, {}))}</div>\n`;
  return { body, title: renderer.called, parts: renderer.parts };
}

/** Leads to other sites and nowhere else. */
export const outward: Resolve = (href) => (/^https?:\/\//.test(href) ? href : undefined);

/** A text in Markdown within a page that has headings of its own, as descriptions of an API are. */
export const remarks = (text: string): Html =>
  markup`<div class="prose">\n${new Renderer(outward, true).all(parser.parse(text, {}))}</div>\n`;
