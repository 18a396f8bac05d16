/*
 * cdktf carries references as texts, `${TfToken[…]}` and numbers of one exponent, and takes any text that looks like one
 * for one. A user's text may: it goes through cdktf with a character in it that no input may hold, and `FastStack` takes
 * that out again.
 */

/** Refused in every input: see `textProblem`. Unicode has no meaning for it, and never will. */
const MARK = "\ufdd0";

const LOOKS_LIKE_A_TOKEN = /TfToken(?=\[)|(?<=\de)(?=\+\d{3})/g;

/**
 * The value with every text in it that cdktf would take for a reference made one that it would not. Parts without such a
 * text, and whatever is no plain data, stay the same objects; what is in it twice is twice the same.
 */
export const opaque = <T>(value: T): T => marked(value, new Map()) as T;

/** Whether it has getters: it is a program's own, as provisioners that load their cloud's bindings when they are asked, and no user's text. */
const isAsked = (value: object): boolean =>
  Object.values(Object.getOwnPropertyDescriptors(value)).some((one) => one.get !== undefined);

function marked(value: unknown, known: Map<unknown, unknown>): unknown {
  if (typeof value === "string") return value.replace(LOOKS_LIKE_A_TOKEN, (text) => text + MARK);
  if (typeof value !== "object" || value === null || isAsked(value)) return value;
  const before = known.get(value);
  if (before !== undefined) return before;
  const result = Array.isArray(value) ? value.map((item) => marked(item, known)) : markedFields(value, known);
  const isSame = Object.entries(value).every(([key, inner]) => Reflect.get(result, key) === inner);
  known.set(value, isSame ? value : result);
  return isSame ? value : result;
}

function markedFields(value: object, known: Map<unknown, unknown>): object {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, marked(inner, known)]));
}

/** The text as it was before `opaque`. */
export const transparent = (text: string): string => (text.includes(MARK) ? text.replaceAll(MARK, "") : text);

/** Plain data as it was before `opaque`. */
export function transparentWithin<T>(value: T): T {
  const within = (part: unknown): unknown => {
    if (typeof part === "string") return transparent(part);
    if (Array.isArray(part)) return part.map(within);
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, within(inner)]));
  };
  return within(value) as T;
}
