import type { JsonObject } from "../kubernetes/json";

/** The chart in `charts/objects`, which renders whatever objects it is given. */
export const OBJECTS_CHART = { name: "objects", version: "1.0.0" } as const;

/**
 * Its values. By kind and name rather than as a list, so that a plan shows the object that changed and not all those
 * behind it.
 */
export function objectsChartValues(objects: readonly JsonObject[]): { readonly objects: Record<string, JsonObject> } {
  const byName: Record<string, JsonObject> = {};
  for (const object of objects) {
    const key = `${text(object, "kind")}/${text(object.metadata, "name")}`;
    if (key in byName) throw new Error(`two objects ${key}`);
    byName[key] = object;
  }
  return { objects: byName };
}

function text(object: unknown, field: "kind" | "name"): string {
  const value: unknown = typeof object === "object" && object !== null ? Reflect.get(object, field) : undefined;
  if (typeof value !== "string" || value === "") throw new Error(`an object without ${field}`);
  return value;
}
