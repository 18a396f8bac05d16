import { at, elementOf, type Resource, resourcesIn, textAt, type WrittenStack } from "../teardown/stack";
import type { Need } from "./check";

export type { Resource, WrittenStack } from "../teardown/stack";
export { at, blocksIn, elementOf, isAt, numberAt, objectsOf, textAt } from "../teardown/stack";

/** How a block has no instance. */
const NONE = /^\$\{toset\(\[\]\)\}$/;

/** What Terraform puts in, when it runs. */
const EXPRESSION = /\$\{/;

/** Whether it makes something: what may go by its word in `drops` stays as a block that makes nothing. */
const isMade = ({ block }: Resource): boolean => typeof block.for_each !== "string" || !NONE.test(block.for_each);

/** All that the stacks make. */
export const madeIn = (stacks: readonly WrittenStack[]): Resource[] => stacks.flatMap(resourcesIn).filter(isMade);

/** What of one type, or of several, the stacks make. */
export const madeOf = (stacks: readonly WrittenStack[], ...types: readonly string[]): Resource[] =>
  madeIn(stacks).filter(({ type }) => types.includes(type));

/** A resource as what wants something. */
export const needOf = (resource: Resource, what: string): Need => ({
  what,
  of: elementOf(resource),
  at: `${resource.stack.name}: ${resource.address}`,
});

/** A name that is a text before anything is made: with nothing in it that Terraform draws or reads. */
export function literalAt(block: unknown, ...path: readonly string[]): string | undefined {
  const text = textAt(block, ...path);
  return text === undefined || EXPRESSION.test(text) ? undefined : text;
}

/** Every literal value of a field among these, once, with the resources that have it. */
export function byValue(
  resources: readonly Resource[],
  value: (resource: Resource) => string | undefined,
): ReadonlyMap<string, readonly Resource[]> {
  const found = new Map<string, Resource[]>();
  for (const resource of resources) {
    const key = value(resource);
    if (key !== undefined) found.set(key, [...(found.get(key) ?? []), resource]);
  }
  return new Map([...found].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** What stands in a provider of the stacks, the first that says it. */
export function providerOf(stacks: readonly WrittenStack[], provider: string): unknown {
  return stacks.map(({ written }) => at(written, "provider", provider)).find((one) => one !== undefined);
}
