import { own } from "../model/own";
import { equal } from "../plan/equal";
import { type Fields, isFields } from "../plan/object";

/** A value of the model that is another one, by the keys and indexes to it. */
export interface ModelDifference {
  readonly path: readonly string[];
  /** `undefined`: it was not there. */
  readonly before: unknown;
  /** `undefined`: it is gone. */
  readonly after: unknown;
}

/**
 * Finds what differs between two parts of the model, at the smallest part. Lists are told as a whole: of two that have the same
 * texts in another order the order is what changed.
 */
export function modelDifferences(before: unknown, after: unknown): ModelDifference[] {
  const found: ModelDifference[] = [];
  compare([], before, after, found);
  return found;
}

function compare(path: readonly string[], before: unknown, after: unknown, found: ModelDifference[]): void {
  if (equal(before, after)) return;
  const [was, is] = [fields(before), fields(after)];
  // What comes or goes whole is told whole.
  if (was === undefined || is === undefined) {
    found.push({ path, before, after });
    return;
  }
  for (const key of new Set([...Object.keys(was), ...Object.keys(is)])) {
    compare([...path, key], own(was, key), own(is, key), found);
  }
}

function fields(of: unknown): Fields | undefined {
  return isFields(of) ? of : undefined;
}
