import type { BroughtTypes } from "../../constructs/report/brought-types";
import { fateOf } from "../../constructs/report/stacks/anew";
import type { Block, StackJson } from "./reference";

/** An import block of a stack: the address that takes something over, and what it is. */
export interface ImportBlock {
  readonly to: string;
  readonly id: string;
}

/** Blocks by which a stack takes over what was there, in the order of their addresses. */
export const importsOf = (stack: StackJson): readonly ImportBlock[] =>
  [...((stack as { import?: readonly ImportBlock[] }).import ?? [])]
    .map(({ to, id }) => ({ to, id }))
    .sort((one, other) => (one.to < other.to ? -1 : 1));

/** The resource that is at an address. */
export function resourceAt(stack: StackJson, address: string): Block {
  const [type = "", name = ""] = address.split(".");
  const found = stack.resource[type]?.[name];
  if (found === undefined) throw new Error(`no resource ${address}`);
  return found;
}

/**
 * Arguments of what is taken over for which its provider would make it anew, where what was there has another value: those that are
 * said and not left as they are, each once as `type.path`.
 *
 * @param brought types of kinds that other programs could bring
 */
export function saidForGood(stack: StackJson, brought: BroughtTypes = {}): string[] {
  const said = importsOf(stack).flatMap(({ to }) => {
    const [type = ""] = to.split(".");
    const { lifecycle, ...given } = resourceAt(stack, to);
    const ignored = new Set((lifecycle as { ignore_changes?: readonly string[] } | undefined)?.ignore_changes ?? []);
    return leaves(given)
      .filter(([path]) => ![...ignored].some((one) => path.join(".").startsWith(one.replace(/\[\d+\]/g, ""))))
      .filter(([path, value]) => fateOf(type, [{ path, before: undefined, after: value }], brought).is === "anew")
      .map(([path]) => `${type}.${path.join(".")}`);
  });
  return [...new Set(said)].sort();
}

function leaves(value: unknown, path: readonly string[] = []): [readonly string[], unknown][] {
  if (Array.isArray(value)) return value.flatMap((one) => leaves(one, path));
  if (typeof value !== "object" || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, one]) => (key === "//" ? [] : leaves(one, [...path, key])));
}
