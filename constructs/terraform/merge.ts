import { Tokenization } from "cdktf";

export type Tree = Record<string, unknown>;

/**
 * Adds `source` to `target`: objects are merged (a list takes them by index), lists joined, anything else is replaced,
 * `undefined` deletes. The rules by which cdktf puts a stack together. `target` may keep parts of `source`.
 */
export function merge(target: Tree, source: Tree): void {
  for (const [key, value] of Object.entries(source)) {
    const present = target[key];
    if (value === undefined) Reflect.deleteProperty(target, key);
    else if (Array.isArray(value)) target[key] = Array.isArray(present) ? present.concat(value) : value;
    else if (isTree(value) && isTree(present) && !Tokenization.isResolvable(value)) merge(present, value);
    else target[key] = value;
  }
}

export function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null;
}
