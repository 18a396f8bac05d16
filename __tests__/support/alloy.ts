import type { Block, Value } from "../../constructs/observability/logs/syntax";

/* Reads Alloy's configuration, as far as this program writes it: blocks, attributes, texts, numbers, lists, maps, references, calls, sums. */

/** A token and whether a line break stands before it. */
interface Token {
  readonly text: string;
  readonly at: number;
}

const TOKEN = /\s+|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|-?\d+(?:\.\d+)?|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*|[{}[\]()=,+]/y;

function tokens(text: string): Token[] {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const [token] = TOKEN.exec(text) ?? [];
    if (token === undefined)
      throw new Error(`line ${text.slice(0, at).split("\n").length}: cannot read ${text.slice(at, at + 20)}`);
    if (!/^(?:\s|\/\/)/.test(token)) found.push({ text: token, at });
  }
  return found;
}

const NAME = /^[A-Za-z_][\w.]*$/;

/** The blocks of a file. @throws Error with the place at which it is none */
export function parseAlloy(text: string): Block[] {
  const all = tokens(text);
  let next = 0;
  const peek = (ahead = 0): string => all[next + ahead]?.text ?? "";
  const fail = (wanted: string): never => {
    const line = text.slice(0, all[next]?.at ?? text.length).split("\n").length;
    throw new Error(`line ${line}: ${wanted} before ${JSON.stringify(peek())}`);
  };
  const take = (wanted?: string): string => {
    const token = peek();
    if (token === "" || (wanted !== undefined && token !== wanted)) fail(wanted ?? "more");
    next += 1;
    return token;
  };
  const name = (): string => (NAME.test(peek()) ? take() : fail("a name"));
  const list = (end: string): Value[] => {
    const values: Value[] = [];
    while (peek() !== end) {
      values.push(sum());
      if (peek() !== end) take(",");
    }
    take(end);
    return values;
  };

  function single(): Value {
    const token = take();
    if (token.startsWith('"')) return JSON.parse(token) as string;
    if (/^-?\d/.test(token)) return Number(token);
    if (token === "true" || token === "false") return token === "true";
    if (token === "[") return list("]");
    if (token === "{") {
      const map: Record<string, Value> = {};
      while (peek() !== "}") {
        const key = peek().startsWith('"') ? (JSON.parse(take()) as string) : name();
        take("=");
        map[key] = sum();
        if (peek() !== "}") take(",");
      }
      take("}");
      return { map };
    }
    if (!NAME.test(token)) return fail("a value");
    if (peek() !== "(") return { reference: token };
    take("(");
    return { call: token, with: list(")") };
  }

  function sum(): Value {
    const first = single();
    const others: Value[] = [];
    while (peek() === "+") {
      take("+");
      others.push(single());
    }
    return others.length === 0 ? first : { sum: [first, ...others] };
  }

  function block(): Block {
    const type = name();
    const label = peek().startsWith('"') ? (JSON.parse(take()) as string) : undefined;
    take("{");
    const attributes: Record<string, Value> = {};
    const blocks: Block[] = [];
    while (peek() !== "}") {
      if (peek(1) !== "=") blocks.push(block());
      else {
        const key = name();
        if (key in attributes) fail(`${key} once`);
        take("=");
        attributes[key] = sum();
      }
    }
    take("}");
    return { type, ...(label !== undefined && { label }), attributes, blocks };
  }

  const blocks: Block[] = [];
  while (next < all.length) blocks.push(block());
  return blocks;
}
