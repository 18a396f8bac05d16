import { Token, Tokenization } from "cdktf";
import { transparent } from "../terraform/opaque";
import { PLACEHOLDER } from "./placeholder";

/** How cdktf writes a reference in a text, to a text, a list or a map; and a number that stands for one. */
const REFERENCES = /[$#&]\{TfToken\[[\w:.-]+\]\}/g;
const NUMBERS = /-\d(?:\.\d+)?e\+\d{3}/g;

/**
 * Plain data as it was before `opaque`, with a placeholder for each reference. Not by cdktf's own `resolve`, which refuses
 * some texts of users that look like a reference.
 *
 * @throws Error for a number that is a reference: no placeholder is a number, and one that is none could be reckoned with
 */
export const plain = <T>(value: T): T => within(value) as T;

const text = (value: string): string =>
  transparent(
    value
      .replace(REFERENCES, PLACEHOLDER)
      .replace(NUMBERS, (number) => (Token.isUnresolved(Number(number)) ? PLACEHOLDER : number)),
  );

function within(part: unknown): unknown {
  if (typeof part === "string") return text(part);
  if (typeof part === "number" && Token.isUnresolved(part)) throw new Error("a number that only Terraform knows");
  if (typeof part !== "object" || part === null) return part;
  if (Tokenization.isResolvable(part)) return PLACEHOLDER;
  if (Array.isArray(part)) return part.map(within);
  return Object.fromEntries(Object.entries(part).map(([key, inner]) => [text(key), within(inner)]));
}
