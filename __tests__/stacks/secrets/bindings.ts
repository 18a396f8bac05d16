import { createRequire } from "node:module";
import { isSecret } from "./find";

const load = createRequire(__filename);

/*
 * What the bindings know of a resource: an attribute that nobody can set is one the provider fills, and it is in the state
 * whether or not anything refers to it.
 */

/** Names of all attributes of a binding's classes, blocks included, and whether they can be set. */
export function attributesOf(module: string): ReadonlyMap<string, { readonly settable: boolean }> {
  const found = new Map<string, { settable: boolean }>();
  const exported: unknown = load(module);
  for (const value of Object.values(exported as Record<string, unknown>)) {
    if (typeof value !== "function") continue;
    const prototype: unknown = value.prototype;
    if (typeof prototype !== "object" || prototype === null) continue;
    for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      if (property.get === undefined || name.endsWith("Input")) continue;
      // A block has no setter but a method that puts it.
      const settable = property.set !== undefined || `put${name[0]?.toUpperCase() ?? ""}${name.slice(1)}` in prototype;
      const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      found.set(snake, { settable: settable || found.get(snake)?.settable === true });
    }
  }
  return found;
}

/** Attributes with a secret that the provider of this type fills by itself. */
export const filledSecrets = (type: string, module: string): string[] =>
  [...attributesOf(module)].filter(([name, { settable }]) => !settable && isSecret(type, name)).map(([name]) => name);
