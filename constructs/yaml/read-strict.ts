import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments, type Scalar } from "yaml";
import { isAmbiguous } from "./ambiguous";

/*
 * YAML as people write small files of data that a program decides by: one document of maps, lists, texts, whole numbers and
 * `true`. What readers of YAML disagree about, and what makes a small file large, is refused with its line, so that a reviewer
 * sees what the program reads.
 */

/** Largest file that is read, in bytes. A request has some hundred. */
export const MOST_BYTES = 64 * 1024;

/** Mistakes of one file that are told: one that is no YAML at all has one on each line. */
const MOST_MISTAKES = 10;

/** Lists and maps inside of each other. */
const MOST_DEEP = 12;

const TOO_DEEP = { why: "is nested too deeply", fix: `nest ${MOST_DEEP} levels at most` };

export type YamlPath = readonly (string | number)[];

/** Something that is not read, and where. */
export interface YamlMistake {
  readonly line: number;
  readonly path: YamlPath;
  /** What it is. Nothing of the file's text but names of keys is in it. */
  readonly why: string;
  readonly fix: string;
}

/** What a file says, and the line of each value. */
export interface StrictYaml {
  readonly value: unknown;
  /** Line of the value at a path, or of the nearest thing around it: of a key where it has one. */
  readonly lineOf: (path: YamlPath) => number;
}

/** @param bytes content of the file */
export function readStrictYaml(bytes: Uint8Array): StrictYaml | { readonly mistakes: readonly YamlMistake[] } {
  const text = textOf(bytes);
  if (typeof text !== "string") return { mistakes: [text] };
  const looked = lookAt(text);
  if (looked.length > 0) return { mistakes: looked.slice(0, MOST_MISTAKES) };
  const counter = new LineCounter();
  const lineAt = (offset: number): number => counter.linePos(offset).line || 1;
  const refused = (offset: number, why: string, fix: string): { mistakes: YamlMistake[] } => ({
    mistakes: [{ line: lineAt(offset), path: [], why, fix }],
  });
  let documents;
  try {
    documents = parseAllDocuments(text, {
      ...{ version: "1.2", schema: "core", merge: false, lineCounter: counter },
      // Its own look for them takes the square of their number, and says one of them.
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: "silent",
    });
  } catch {
    return refused(0, "is no YAML that can be read", "write a map of a line for each field");
  }
  const [first, second] = documents;
  const mistakes = documents.flatMap(({ errors }) =>
    errors.map(({ pos: [offset], message }): YamlMistake => ({ line: lineAt(offset), path: [], ...reasonOf(message) })),
  );
  if (mistakes.length > 0) return { mistakes: firstOfEachLine(mistakes) };
  if (second !== undefined) return refused(second.range[0], "a second document begins", "keep one document in a file");
  if (!first?.contents) return refused(0, "is empty", "write a map of a line for each field");
  const walk = new Walk(lineAt);
  const value = walk.valueOf(first.contents, []);
  if (walk.mistakes.length > 0) return { mistakes: walk.mistakes.slice(0, MOST_MISTAKES) };
  return { value, lineOf: (path) => walk.lineOf(path) };
}

/** Its messages quote what they stumble over in some cases: what is not known to be harmless is not said. */
function reasonOf(message: string): Pick<YamlMistake, "why" | "fix"> {
  if (message.startsWith("Maximum call stack")) return TOO_DEEP;
  const why = /^[\w ,'-]{1,80}$/.test(message) ? `is no YAML: ${message.toLowerCase()}` : "is no YAML";
  return { why, fix: "correct the line" };
}

function firstOfEachLine(mistakes: readonly YamlMistake[]): YamlMistake[] {
  return [...new Map([...mistakes].reverse().map((one) => [one.line, one])).values()].reverse().slice(0, MOST_MISTAKES);
}

function textOf(bytes: Uint8Array): string | YamlMistake {
  const mistake = (line: number, why: string, fix: string): YamlMistake => ({ line, path: [], why, fix });
  if (bytes.length > MOST_BYTES)
    return mistake(1, `has ${bytes.length} bytes`, `keep a file below ${MOST_BYTES / 1024} KiB`);
  const decode = (part: Uint8Array): string => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(part);
  try {
    return decode(bytes);
  } catch {
    let [line, begin] = [1, 0];
    for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, begin)) {
      try {
        decode(bytes.subarray(begin, end));
      } catch {
        break;
      }
      [line, begin] = [line + 1, end + 1];
    }
    return mistake(line, "is not UTF-8", "save the file as UTF-8");
  }
}

/** What no reader has to meet, by the characters alone. */
const CHARACTERS: readonly (readonly [RegExp, string, string])[] = [
  [/^\ufeff/, "begins with a byte order mark", "save the file as UTF-8 without one"],
  [/\r/, "ends in a carriage return", "end lines as Unix does, in \\n alone"],
  [/\t/, "has a tab", "use spaces"],
  [/^%/, "has a directive", "remove it"],
  // eslint-disable-next-line no-control-regex -- what it looks for
  [/[\0-\x08\v\f\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff]/, "has an unprintable character", "remove it"],
  [/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/, "has a character that turns the direction of text", "remove it"],
];

function lookAt(text: string): YamlMistake[] {
  const lines = text.split("\n");
  return CHARACTERS.flatMap(([pattern, why, fix]): YamlMistake[] => {
    const [first, ...others] = lines.flatMap((line, index) => (pattern.test(line) ? [index + 1] : []));
    if (first === undefined) return [];
    const more = others.length === 0 ? "" : `, as ${others.length} more lines do`;
    return [{ line: first, path: [], why: `${why}${more}`, fix }];
  }).sort((one, other) => one.line - other.line);
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const PLAIN_NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,10})?$/;

/** A key that every reader takes for the same text. */
function keyOf({ anchor, tag, value, source = "", type }: Scalar): string | undefined {
  if (anchor !== undefined || tag !== undefined || typeof value !== "string") return undefined;
  return type === "PLAIN" && isAmbiguous(source) ? undefined : value;
}

const NO_NAME = {
  why: "has a key that is no plain text",
  fix: "write the name of a field as it is, or put it in quotes",
};

const QUOTE = "put it in quotes, or write what is meant";

/** Why a node is not read, or nothing. */
function wrongWith(node: unknown): Pick<YamlMistake, "why" | "fix"> | undefined {
  if (isAlias(node)) return { why: "is an alias of something else", fix: "write the value itself" };
  if (node === null || node === undefined) return undefined;
  const { anchor, tag } = node as { anchor?: string; tag?: string };
  if (anchor !== undefined) return { why: "has an anchor", fix: "remove it, and write the value where it is meant" };
  if (tag !== undefined) return { why: "has a tag", fix: "remove it; what a value is follows from how it is written" };
  return isScalar(node) && node.type === "PLAIN" ? wrongWithPlain(node) : undefined;
}

/** Why a text without quotes is not read: readers disagree about it, or it is not what it looks like. */
function wrongWithPlain({ value, source = "" }: Scalar): Pick<YamlMistake, "why" | "fix"> | undefined {
  switch (typeof value) {
    case "boolean":
      return /^(?:true|false)$/.test(source)
        ? undefined
        : { why: "is a boolean in capitals", fix: "write true or false" };
    case "number":
      return PLAIN_NUMBER.test(source)
        ? undefined
        : { why: "is a number in a form that readers take for others", fix: QUOTE };
    case "string":
      return DATE.test(source) || !isAmbiguous(source)
        ? undefined
        : { why: "is a boolean, a number or a time to some readers of YAML", fix: QUOTE };
    default:
      return value === null ? undefined : { why: "is a value of no known form", fix: QUOTE };
  }
}

/** Goes through a document and makes the value of it, without aliases, tags and words of two meanings. */
class Walk {
  readonly mistakes: YamlMistake[] = [];
  readonly #lines = new Map<string, number>();

  constructor(private readonly lineAt: (offset: number) => number) {}

  lineOf(path: YamlPath): number {
    for (let length = path.length; length >= 0; length--) {
      const line = this.#lines.get(JSON.stringify(path.slice(0, length)));
      if (line !== undefined) return line;
    }
    return 1;
  }

  valueOf(node: unknown, path: YamlPath, line = this.#lineOf(node)): unknown {
    this.#lines.set(JSON.stringify(path), line);
    const wrong = path.length > MOST_DEEP ? TOO_DEEP : wrongWith(node);
    if (wrong !== undefined) {
      this.mistakes.push({ line, path, ...wrong });
      return null;
    }
    if (isSeq(node)) return node.items.map((item, index) => this.valueOf(item, [...path, index]));
    if (isMap(node)) return this.#mapOf(node.items, path);
    return isScalar(node) ? node.value : null;
  }

  #mapOf(items: readonly { readonly key: unknown; readonly value: unknown }[], path: YamlPath): unknown {
    const entries = new Map<string, unknown>();
    for (const { key, value } of items) {
      const line = this.#lineOf(key);
      const name = isScalar(key) ? keyOf(key) : undefined;
      if (name === undefined) {
        this.mistakes.push({ line, path, ...NO_NAME });
        continue;
      }
      if (entries.has(name))
        this.mistakes.push({ line, path: [...path, name], why: "is there twice", fix: "keep one" });
      entries.set(name, this.valueOf(value, [...path, name], line));
    }
    return Object.fromEntries(entries);
  }

  #lineOf(node: unknown): number {
    const range = (node as Node | null | undefined)?.range;
    return range ? this.lineAt(range[0]) : 1;
  }
}
