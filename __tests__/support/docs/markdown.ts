import MarkdownIt from "markdown-it";

/** A document of this repository, as far as the tests of documents look at it. */
export interface Document {
  /** Path from the root: `docs/guide/routing.md`. */
  readonly file: string;
  readonly links: readonly Located[];
  /** Names that a link may end in: `#deploy` for the heading "Deploy". */
  readonly anchors: ReadonlySet<string>;
  readonly fences: readonly Fence[];
  /** Text of code in sentences, without its backquotes. */
  readonly inlineCode: readonly Located[];
}

export interface Located {
  readonly text: string;
  /** Line of the document, from 1; of the paragraph it is in. */
  readonly line: number;
}

/** A block between fences. */
export interface Fence {
  /** Everything behind the opening fence: `ts frame=environment`. */
  readonly info: string;
  readonly text: string;
  /** Line of its first line of code, from 1. */
  readonly line: number;
}

const parser = new MarkdownIt();

export function readDocument(file: string, text: string): Document {
  const links: Located[] = [];
  const inlineCode: Located[] = [];
  const fences: Fence[] = [];
  const headings: string[] = [];
  const tokens = parser.parse(text, {});
  tokens.forEach((token, index) => {
    const line = (token.map?.[0] ?? 0) + 1;
    if (token.type === "fence") fences.push({ info: token.info.trim(), text: token.content, line: line + 1 });
    if (token.type === "code_block") fences.push({ info: "", text: token.content, line });
    if (token.type !== "inline") return;
    const parts = token.children ?? [];
    if (tokens[index - 1]?.type === "heading_open") headings.push(parts.map(({ content }) => content).join(""));
    for (const part of parts) {
      if (part.type === "code_inline") inlineCode.push({ text: part.content, line });
      const target = part.attrGet(part.type === "image" ? "src" : "href");
      if (target !== null) links.push({ text: decodeURI(String(target)), line });
    }
  });
  return { file, links, inlineCode, fences, anchors: new Set(anchorsOf(headings)) };
}

/** What GitHub calls the headings: lower case, hyphens for spaces, no punctuation, and a number for a second one. */
function anchorsOf(headings: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return headings.map((heading) => {
    const name = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "")
      .replaceAll(" ", "-");
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    return before === 0 ? name : `${name}-${before}`;
  });
}
