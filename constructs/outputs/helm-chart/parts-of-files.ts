import { readAsHelm } from "../../yaml/read";
import type { OutputPart } from "../output";

const VALUES = /^(?:values(?:-.+)?|defaults)\.yaml$/;

/** A key that has a dot is not two. */
const keyText = (key: string): string => (/^[\w-]+$/.test(key) ? key : JSON.stringify(key));

/** Each value of the chart by itself, as people override them one by one; of other files the whole. */
export function chartFileParts(file: string, text: string): readonly OutputPart[] {
  if (VALUES.test(file)) return valuesIn(readAsHelm(text));
  if (file.startsWith("templates/")) return [{ called: "chart template", text }];
  return [{ called: "chart file", text }];
}

/** Values by their keys. A list is one value: Helm merges none. */
function valuesIn(value: unknown, path: readonly string[] = []): OutputPart[] {
  const isMap = typeof value === "object" && value !== null && !Array.isArray(value);
  const entries = isMap ? Object.entries(value) : [];
  if (path.length > 0 && entries.length === 0)
    return [{ called: "chart value", name: path.map(keyText).join("."), text: JSON.stringify(value) }];
  return entries.flatMap(([key, inner]) => valuesIn(inner, [...path, key]));
}
