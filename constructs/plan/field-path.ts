import type { PathPart } from "./fields";

const WORD = /^[A-Za-z_][\w-]*$/;
const NAMED = /^\[.*\]$/s;

/** `spec[0].template[0].container[backend].image`; keys that are no plain words keep their quotes: `tags["a.b"]`. */
export function formatFieldPath(path: readonly PathPart[]): string {
  return path
    .map((part, index) => {
      if (typeof part === "number") return `[${part}]`;
      if (NAMED.test(part)) return part;
      if (!WORD.test(part)) return `[${JSON.stringify(part)}]`;
      return index === 0 ? part : `.${part}`;
    })
    .join("");
}
