import type { PathPart } from "./fields";

const WORD = /^[A-Za-z_][\w-]*$/;

/** Names that stand without quotes: none is a number, which would be an index. */
const NAME = /^[A-Za-z_][\w./:-]*$/;

/**
 * Writes a path, each in one way: `spec[0].template[0].container[backend].image`, `tags["a.b"]`, `cidr_blocks[was 1]` of a member
 * that goes. Nothing in it breaks a line.
 */
export const formatFieldPath = (path: readonly PathPart[]): string => path.map(formatPart).join("");

function formatPart(part: PathPart, index: number): string {
  if (typeof part === "number") return `[${part}]`;
  if (typeof part === "string") {
    if (!WORD.test(part)) return `[${JSON.stringify(part)}]`;
    return index === 0 ? part : `.${part}`;
  }
  if ("was" in part) return `[was ${part.was}]`;
  return NAME.test(part.name) ? `[${part.name}]` : `[name ${JSON.stringify(part.name)}]`;
}
