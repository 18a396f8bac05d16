import { formatFieldPath } from "../plan/field-path";
import type { PathPart } from "../plan/fields";
import { isFields } from "../plan/object";

/*
 * What a provider says of an object, as far as rules look at it. Blocks are lists of one, numbers may be texts, and what a plan
 * does not know is absent.
 */

/** What is at a path: keys, and indexes of lists. */
export function at(value: unknown, ...path: readonly (number | string)[]): unknown {
  let here = value;
  for (const key of path) {
    if (Array.isArray(here) && typeof key === "number") here = here[key] as unknown;
    else if (isFields(here) && Object.hasOwn(here, key)) here = here[key];
    else return undefined;
  }
  return here;
}

export const listAt = (value: unknown, ...path: readonly (number | string)[]): readonly unknown[] => {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
};

/** A number, or a text that is one. */
export function numberAt(value: unknown, ...path: readonly (number | string)[]): number | undefined {
  const found = at(value, ...path);
  const number = typeof found === "string" && /^\d+$/.test(found) ? Number(found) : found;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

export function textAt(value: unknown, ...path: readonly (number | string)[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === "string" ? found : undefined;
}

export const isPresent = (value: unknown): boolean => value !== undefined && value !== null;

/** Every value that is no object and no list, by its path as it is written: `settings[0].tier`. */
export function leavesOf(value: unknown): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>();
  const walk = (one: unknown, path: readonly PathPart[]): void => {
    if (Array.isArray(one))
      one.forEach((member, index) => {
        walk(member, [...path, index]);
      });
    else if (isFields(one) && !("toJSON" in one))
      for (const [key, inner] of Object.entries(one)) walk(inner, [...path, key]);
    else found.set(formatFieldPath(path), one);
  };
  walk(value, []);
  return found;
}
