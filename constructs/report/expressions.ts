import { isFields } from "../plan/object";
import { Expression } from "../plan/shown";
import { structureOf } from "../plan/structured-texts";

/** Beginning of an expression or a directive, which is written twice where it is a text. */
const BEGIN = /(?<!\$)\$\{|(?<!%)%\{/;

export const hasExpression = (text: string): boolean => BEGIN.test(text);

/** A text as Terraform takes it, where it has no expression. */
const literal = (text: string): string => text.replaceAll("$${", "${").replaceAll("%%{", "%{");

/**
 * A value of a stack as it is written, in which what is an expression is stood for by one. A text that is JSON is left to whoever reads it,
 * as its statements are known though a name in them is not.
 */
export function expressionsIn(value: unknown): unknown {
  if (typeof value === "string") {
    if (!hasExpression(value)) return literal(value);
    return structureOf(value) === undefined ? new Expression(value) : value;
  }
  if (Array.isArray(value)) return value.map(expressionsIn);
  if (!isFields(value) || "toJSON" in value) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, expressionsIn(one)]));
}
