import { isJsonObject, type Json, type JsonObject } from "../../kubernetes/json";
import { readAsHelm } from "../../yaml/read";
import type { ValueSheet } from "./sheet";
import { defaultValues, environmentValues } from "./values-files";

const asObject = (value: unknown): JsonObject => (isJsonObject(value) ? value : {});

/** Values of one environment as `<application>.values` puts them together, from the text of the chart's own files.
 * `values.yaml` has none of them. */
export function valuesAsHelm(sheet: ValueSheet, index: number): JsonObject {
  const files = [defaultValues(sheet), environmentValues(sheet, index)];
  return files.map((text) => asObject(readAsHelm(text))).reduce(set);
}

/** Does as `<application>.set`: maps are merged, and a value that is null is not there. */
function set(under: JsonObject, over: JsonObject): JsonObject {
  const result: { [key: string]: Json | undefined } = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const below = result[key];
    if (isJsonObject(value)) result[key] = set(isJsonObject(below) ? below : {}, value);
    else if (value !== null && value !== undefined) result[key] = value;
  }
  return result;
}
