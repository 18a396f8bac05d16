import { parse } from "yaml";
import type { FieldChange } from "../plan/fields";
import { isFields } from "../plan/object";
import { modelDifferences } from "./model-differences";

/** What is longer is compared as text: nobody reads it, and reading it takes long. */
const LONGEST = 200_000;

/**
 * Looks into a difference of two texts of many lines: of YAML, such as values of charts, each value that differs; of others the
 * lines that do. What is sensitive is no text here, and stays as it is.
 */
export function textDifferences(field: FieldChange): FieldChange[] {
  const { path, before, after, order } = field;
  if (order !== undefined || typeof before !== "string" || typeof after !== "string") return [field];
  if (!before.includes("\n") && !after.includes("\n")) return [field];
  if (before.length + after.length > LONGEST) return [field];
  const [was, is] = [structureOf(before), structureOf(after)];
  if (was !== undefined && is !== undefined) {
    const found = modelDifferences(was, is);
    // They say the same in other letters.
    if (found.length > 0)
      return found.map((one) => ({ path: [...path, ...one.path], before: one.before, after: one.after }));
  }
  return [{ path, ...linesThatDiffer(before, after) }];
}

function structureOf(text: string): unknown {
  try {
    const value: unknown = parse(text, { maxAliasCount: 0, logLevel: "silent" });
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Lines that only one of the two has, in their order. */
function linesThatDiffer(before: string, after: string): Pick<FieldChange, "after" | "before"> {
  const [was, is] = [before, after].map((text) => text.split("\n"));
  const only = (lines: readonly string[], others: readonly string[]): string => {
    const known = new Set(others);
    return lines
      .filter((line) => !known.has(line))
      .map((line) => line.trim())
      .join(" ⏎ ");
  };
  const [gone, come] = [only(was ?? [], is ?? []), only(is ?? [], was ?? [])];
  return gone === "" && come === ""
    ? { before: "the same lines", after: "in another order or number" }
    : { before: gone, after: come };
}
