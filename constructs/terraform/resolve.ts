import { DefaultTokenResolver, StringConcat, Token, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";
import { literal } from "./literal";
import { transparent, transparentWithin } from "./opaque";

/*
 * What Terraform elements say of themselves is plain data with a few tokens in it. cdktf's `resolve` looks for a token
 * in every key and every string by several regular expressions, and leaves what Terraform would evaluate to the caller;
 * here it is called for the tokens alone, and every other character becomes a literal.
 */

type Resolve = (token: unknown) => unknown;

const RESOLVER = new DefaultTokenResolver(new StringConcat());

/** All encodings of a token in a string, and of a number token inside of one, contain one of these. */
const TOKEN = "TfToken[";
const NUMBER_TOKEN = "e+";
/** Numbers that stand for a token are below: their exponent is fixed. */
const LEAST_NUMBER = -1e200;
/** cdktf gives up on a cycle at 200. */
const MAX_DEPTH = 100;

/** What is in every text that is not itself: of a token, what Terraform would evaluate, the mark of `opaque`. */
const SPECIAL = /TfToken\[|e\+|\{|\ufdd0/;

/** A string in place of a list, and a key in place of a whole map. */
const WHOLE = /[#&]\{TfToken\[[\w:.-]+\]\}/;
const WITHIN = /\$\{TfToken\[[\w:.-]+\]\}|-\d(?:\.\d+)?e\+\d{3}/g;

/**
 * The value with all tokens replaced, all other strings escaped, and everything undefined left out.
 *
 * @param preparing whether every token in it gets to know that it is used here: a reference into another stack registers
 * itself then
 */
export function resolveTokens(scope: IConstruct, value: unknown, preparing = false): unknown {
  return copy(value, 0, (token) => transparentWithin(resolveWhole(scope, token, preparing)));
}

function resolveWhole(scope: IConstruct, value: unknown, preparing: boolean): unknown {
  return Tokenization.resolve(value, { scope, resolver: RESOLVER, preparing }) as unknown;
}

function copy(value: unknown, depth: number, resolve: Resolve): unknown {
  if (typeof value === "string") return SPECIAL.test(value) ? copyString(value, resolve) : value;
  if (isPlainScalar(value)) return value;
  if (depth > MAX_DEPTH) return refuseDepth(value, resolve);
  if (!isPlainTree(value)) return resolve(value);
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    for (const element of value as unknown[]) {
      const resolved = copy(element, depth + 1, resolve);
      if (resolved !== undefined) list.push(resolved);
    }
    return list;
  }
  const result: Record<string, unknown> = {};
  // In order, so that nobody has to sort them when they are written.
  for (const key of Object.keys(value).sort()) {
    const special = SPECIAL.test(key);
    if (special && WHOLE.test(key)) return resolve(value);
    const inner = value[key];
    if (inner === undefined) continue;
    const resolved = copy(inner, depth + 1, resolve);
    if (resolved !== undefined) result[special ? String(copyString(key, resolve)) : key] = resolved;
  }
  return result;
}

/** Throws with cdktf's reason for a cycle. What is no cycle would come back with nothing in it escaped. */
function refuseDepth(value: unknown, resolve: Resolve): never {
  resolve(value);
  throw new RangeError(`a value nested more than ${MAX_DEPTH} deep`);
}

const isToken = (text: string): boolean =>
  text.startsWith("$")
    ? Tokenization.reverseString(text).tokens.length > 0
    : Tokenization.reverseNumber(Number(text)) !== undefined;

/** A whole map in disguise is a map of one such key; other keys may hold references. */
const mayHoldToken = (text: string): boolean => text.includes(TOKEN) || text.includes(NUMBER_TOKEN);

/** A string that is one token is whatever that stands for; of others the rest is literal. */
function copyString(value: string, resolve: Resolve): unknown {
  if (!mayHoldToken(value)) return transparent(literal(value));
  const tokens = [...value.matchAll(WITHIN)].filter(([text]) => isToken(text));
  const [only] = tokens;
  if (only?.[0] === value) return resolve(value);
  let at = 0;
  const pieces = tokens.map(({ 0: text, index }) => {
    const before = literal(value.slice(at, index), true);
    at = index + text.length;
    return before + asText(resolve(text.startsWith("$") ? text : Number(text)));
  });
  return transparent(pieces.join("") + literal(value.slice(at)));
}

function asText(value: unknown): string {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return String(value);
  throw new TypeError(`a ${Array.isArray(value) ? "list" : typeof value} in the middle of a text; refer to a text`);
}

/** A string, number and so on that stands for itself. */
function isPlainScalar(value: unknown): boolean {
  switch (typeof value) {
    case "string":
      return !mayHoldToken(value);
    case "number":
      return value > LEAST_NUMBER && value !== Token.NUMBER_MAP_TOKEN_VALUE;
    case "object":
      return value === null;
    default:
      return typeof value !== "function";
  }
}

const isNoWhole = (element: unknown): boolean =>
  typeof element === "string" ? !WHOLE.test(element) : typeof element === "object" || isPlainScalar(element);

/** A list or an object to look into: neither a token or the disguise of one, nor an instance. */
function isPlainTree(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  // A token for a whole list is a list of one string or number.
  if (Array.isArray(value)) return value.every(isNoWhole);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return !Tokenization.isResolvable(value);
}
