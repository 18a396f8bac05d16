import { isFields } from "../../plan/object";
import { hasExpression } from "../expressions";
import { at } from "../read";
import type { WrittenResource, WrittenStack } from "./read-stack";

/* What expressions lead to: an argument that is written as before may have another value, where what it leads to has. */

/** Something that an expression leads to: `aws_kms_key.Key` with the rest of the path, or `var.size`. */
export interface Reference {
  readonly to: string;
  /** What is asked of it, as far as keys and numbers go. */
  readonly path: readonly (number | string)[];
}

/** Names with what is asked of them. A text within an expression may look like one, which asks for too much at worst. */
const CHAIN = /[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*|\.\d+|\.\*|\[[^\][]*\])+/g;

/** Everything that the texts of a value lead to, with the path of each text. */
export function textsIn(value: unknown, path: readonly (number | string)[] = []): (readonly [readonly (number | string)[], string])[] {
  if (typeof value === "string") return hasExpression(value) ? [[path, value]] : [];
  if (Array.isArray(value)) return value.flatMap((one, index) => textsIn(one, [...path, index]));
  if (!isFields(value)) return [];
  return Object.entries(value).flatMap(([key, one]) => textsIn(one, [...path, key]));
}

/** What a text leads to. Keys of instances are passed over: one of a resource is as another. */
export function referencesIn(text: string): Reference[] {
  return [...text.matchAll(CHAIN)].flatMap(([chain]) => {
    const parts = [...chain.matchAll(/[A-Za-z_][\w-]*|\*|\d+|\[[^\]]*\]/g)].map(([part]) => part);
    const length = parts[0] === "data" || parts[0] === "ephemeral" ? 3 : 2;
    const to = parts.slice(0, length).join(".");
    if (parts.length < length) return [];
    const rest = parts.slice(length);
    // The first is the key of an instance, where it has one.
    const after = rest[0]?.startsWith("[") === true ? rest.slice(1) : rest;
    const end = after.findIndex((part) => part === "*");
    const path = (end < 0 ? after : after.slice(0, end)).map(partOf);
    return [{ to, path }];
  });
}

function partOf(part: string): number | string {
  const inner = part.startsWith("[") ? part.slice(1, -1).replace(/^"(.*)"$/, "$1") : part;
  return /^\d+$/.test(inner) ? Number(inner) : inner;
}

/** What is known of the things that expressions lead to, while it is found out what becomes of them. */
export interface Moving {
  /** Data sources, variables and locals that are other ones, or lead to such. */
  readonly definitions: ReadonlySet<string>;
  /** Resources, without keys, that are made anew or may be: what a provider computes of them is another. */
  readonly anew: ReadonlySet<string>;
  /** Resources, without keys, of which an argument changes. */
  readonly changed: ReadonlySet<string>;
}

/** Whether what a reference leads to may have another value than before. */
export function moves({ to, path }: Reference, moving: Moving, base: Resources, head: Resources): boolean {
  if (moving.definitions.has(to)) return true;
  const isAnew = moving.anew.has(to);
  if (!isAnew && !moving.changed.has(to)) return false;
  if (path.length === 0) return true;
  const [was, is] = [base, head].map((resources) => at(resources.get(to)?.values, ...path));
  const isWritten = was !== undefined && is !== undefined;
  if (!isWritten) return isAnew;
  const isText = (value: unknown): boolean => hasExpression(JSON.stringify(value));
  return JSON.stringify(was) !== JSON.stringify(is) || (isAnew && isText(is));
}

/** Resources without keys: any instance. */
export type Resources = ReadonlyMap<string, WrittenResource>;

export const withoutKeys = ({ resources }: WrittenStack): Resources =>
  new Map([...resources.values()].map((resource) => [resource.of, resource]));

/** Definitions that differ, and those that lead to something that moves. */
export function movedDefinitions(
  base: WrittenStack,
  head: WrittenStack,
  isMoving: (reference: Reference, definitions: ReadonlySet<string>) => boolean,
): Set<string> {
  const found = new Set<string>();
  for (const [name, value] of head.definitions) {
    if (JSON.stringify(value) !== JSON.stringify(base.definitions.get(name))) found.add(name);
  }
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const [name, value] of head.definitions) {
      if (textsIn(value).some(([, text]) => referencesIn(text).some((one) => isMoving(one, found)))) found.add(name);
    }
  }
  return found;
}
