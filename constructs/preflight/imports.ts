import { isJsonObject } from "../kubernetes/json";
import { madeIn, madeOf, type Resource, type WrittenStack } from "./stacks";

/** A resource that a stack takes over, as it is there already. */
export interface ImportedResource extends Resource {
  /** What its provider knows it by. */
  readonly id: string;
}

/** What import blocks of the stacks take over. */
export const importedIn = (stacks: readonly WrittenStack[]): ImportedResource[] => {
  const made = madeIn(stacks);
  return stacks.flatMap((stack) => {
    const blocks: unknown = isJsonObject(stack.written) ? stack.written["import"] : undefined;
    return (Array.isArray(blocks) ? (blocks as readonly unknown[]) : []).flatMap((block) => {
      if (!isJsonObject(block)) return [];
      const { to, id } = block;
      const resource = made.find((one) => one.stack === stack && one.address === to);
      return resource === undefined || typeof id !== "string" ? [] : [{ ...resource, id }];
    });
  });
};

/** The same of one type, or of several. */
export const importedOf = (stacks: readonly WrittenStack[], ...types: readonly string[]): ImportedResource[] =>
  importedIn(stacks).filter(({ type }) => types.includes(type));

/** What of one type the stacks make, and do not find there. */
export function notImportedOf(stacks: readonly WrittenStack[], type: string): Resource[] {
  const imported = new Set(importedOf(stacks, type).map(({ stack, address }) => `${stack.name} ${address}`));
  return madeOf(stacks, type).filter(({ stack, address }) => !imported.has(`${stack.name} ${address}`));
}
