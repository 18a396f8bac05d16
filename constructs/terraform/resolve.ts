import { DefaultTokenResolver, StringConcat, Token, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";

/*
 * What Terraform elements say of themselves is plain data with a few tokens in it. cdktf's `resolve` looks for a token
 * in every key and every string by several regular expressions; here it is called only where there may be one, and
 * everything else is copied. The result is the same (`fast-stack.test.ts` compares bytes).
 */

type Resolve = (token: unknown) => unknown;

const RESOLVER = new DefaultTokenResolver(new StringConcat());

/** All encodings of a token in a string, and of a number token inside of one, contain one of these. */
const TOKEN = "TfToken[";
const NUMBER_TOKEN = "e+";
/** Numbers that stand for a token are below: their exponent is fixed. */
const LEAST_NUMBER = -1e200;
/** cdktf gives up on a cycle at 200; the rest of a very deep value is left to it. */
const MAX_DEPTH = 100;

/** The value with all tokens replaced and everything undefined left out. */
export function resolveTokens(scope: IConstruct, value: unknown): unknown {
  return copy(value, 0, (token) => resolveWhole(scope, token, false));
}

/** Lets every token in the value know that it is used here: a reference into another stack registers itself then. */
export function prepareTokens(scope: IConstruct, value: unknown): void {
  visit(value, 0, (token) => resolveWhole(scope, token, true));
}

function resolveWhole(scope: IConstruct, value: unknown, preparing: boolean): unknown {
  return Tokenization.resolve(value, { scope, resolver: RESOLVER, preparing }) as unknown;
}

function copy(value: unknown, depth: number, resolve: Resolve): unknown {
  if (isPlainScalar(value)) return value;
  if (!isPlainTree(value, depth)) return resolve(value);
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    for (const element of value as unknown[]) {
      const resolved = copy(element, depth + 1, resolve);
      if (resolved !== undefined) list.push(resolved);
    }
    return list;
  }
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    if (isTokenKey(key)) return resolve(value);
    const inner = value[key];
    if (inner === undefined) continue;
    const resolved = copy(inner, depth + 1, resolve);
    if (resolved !== undefined) result[key] = resolved;
  }
  return result;
}

function visit(value: unknown, depth: number, resolve: Resolve): void {
  if (isPlainScalar(value)) return;
  if (!isPlainTree(value, depth)) {
    resolve(value);
    return;
  }
  for (const key of Object.keys(value)) {
    if (isTokenKey(key)) resolve({ [key]: value[key] });
    else visit(value[key], depth + 1, resolve);
  }
}

/** A whole map in disguise is a map of one such key; other keys may hold references. */
function isTokenKey(key: string): boolean {
  return key.includes(TOKEN) || key.includes(NUMBER_TOKEN);
}

/** A string, number and so on that stands for itself. */
function isPlainScalar(value: unknown): boolean {
  switch (typeof value) {
    case "string":
      return isPlainString(value);
    case "number":
      return value > LEAST_NUMBER && value !== Token.NUMBER_MAP_TOKEN_VALUE;
    case "object":
      return value === null;
    default:
      return typeof value !== "function";
  }
}

function isPlainString(value: string): boolean {
  return (
    !value.includes(TOKEN) &&
    !value.includes(NUMBER_TOKEN) &&
    value !== Token.STRING_MAP_TOKEN_VALUE &&
    value !== Token.ANY_MAP_TOKEN_VALUE
  );
}

/** A list or an object to look into: neither a token or the disguise of one, nor an instance, nor endlessly deep. */
function isPlainTree(value: unknown, depth: number): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || depth > MAX_DEPTH) return false;
  // A token for a whole list is a list of one string or number.
  if (Array.isArray(value)) return value.every((element) => typeof element === "object" || isPlainScalar(element));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return !Tokenization.isResolvable(value);
}
