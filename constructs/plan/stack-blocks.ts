import { NotAPlan } from "./not-a-plan";
import { type Fields, isFields } from "./object";

/* A synthesized stack, as Terraform reads it in JSON: sections, types, names, arguments. */

/** A resource or data source of a stack. */
export interface Block {
  readonly type: string;
  readonly name: string;
  readonly value: Fields;
}

/** Sections of a stack whose blocks have a type and a name. */
export type Section = "data" | "resource";

/** What is no object counts as one that has nothing. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

/** Every block of a section, in its order. */
export function blocksOf(stack: Fields, section: Section): readonly Block[] {
  return Object.entries(fieldsOf(stack[section])).flatMap(([type, blocks]) =>
    Object.entries(fieldsOf(blocks)).map(([name, value]) => ({ type, name, value: fieldsOf(value) })),
  );
}

/** Writes blocks as a section has them. */
export function sectionOf(blocks: readonly Block[]): Fields {
  const types: Record<string, Record<string, Fields>> = {};
  for (const { type, name, value } of blocks) (types[type] ??= {})[name] = value;
  return types;
}

/**
 * Reads a stack.
 *
 * @throws NotAPlan with one line, where it is something else
 */
export function readStack(text: string): Fields {
  let stack: unknown;
  try {
    stack = JSON.parse(text);
  } catch {
    throw new NotAPlan("is no JSON; synthesize anew");
  }
  if (!isFields(stack) || !isFields(stack.terraform)) throw new NotAPlan("is no stack; synthesize anew");
  return stack;
}
