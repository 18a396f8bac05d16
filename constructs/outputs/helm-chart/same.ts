import { isJsonObject, type Json } from "../../kubernetes/json";

const stable = (value: Json | undefined): string | undefined =>
  // Of `undefined` it is `undefined`, whatever its type says.
  JSON.stringify(value, (_key, part: Json | undefined) =>
    isJsonObject(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );

/** The order of keys has no meaning; that of a list has. */
export function sameJson(one: Json | undefined, other: Json | undefined): boolean {
  return stable(one) === stable(other);
}
