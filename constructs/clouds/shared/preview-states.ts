import type { StoredState } from "../../model/preview-states";

/** One object of a store, or one version of it. */
export interface StoredObject {
  /** Its name below the store. */
  readonly name: string;
  /** RFC 3339. */
  readonly changed: string;
  /** Words that take it away. */
  readonly remove: readonly string[];
  /** Whether it is a lock that somebody holds. */
  readonly lock?: boolean;
}

/** Objects of the folder of previews, put together by the stacks whose states they are. What is called otherwise is nobody's. */
export function statesOf(objects: readonly StoredObject[], name: RegExp): StoredState[] {
  const byStack = new Map<string, StoredObject[]>();
  for (const object of objects) {
    const stack = name.exec(object.name)?.[1];
    if (stack !== undefined) byStack.set(stack, [...(byStack.get(stack) ?? []), object]);
  }
  return [...byStack].map(([stack, all]) => ({
    stack,
    changed: all.map(({ changed }) => changed).reduce((last, one) => (one > last ? one : last)),
    locked: all.some(({ lock }) => lock === true),
    remove: all.map(({ remove }) => remove),
  }));
}
