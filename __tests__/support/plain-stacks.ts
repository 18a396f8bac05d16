import type { EnvironmentSpec } from "../../constructs/environment";
import { stackFiles } from "../../constructs/export/stack-files";
import { exportedStacks } from "../../stacks/exported-stacks";
import { type Block } from "./reference";

/** What Terraform makes of the files of a folder: blocks of all of them. Two of one address are a mistake there. */
export function merged(files: Readonly<Record<string, string>>): Block {
  return Object.values(files).reduce<Block>((all, text) => together(all, JSON.parse(text) as Block, []), {});
}

function together(one: Block, other: Block, path: readonly string[]): Block {
  const result = { ...one };
  for (const [key, value] of Object.entries(other)) {
    const [before, at] = [result[key], [...path, key]];
    if (before === undefined) result[key] = value;
    else if (at.length < (path[0] === "provider" ? 1 : 3)) result[key] = together(before as Block, value as Block, at);
    else throw new Error(`${at.join(".")}: twice`);
  }
  return result;
}

/** Stacks of all environments by their names, as the folders that are exported have them. */
export function plainStacks(environments: readonly EnvironmentSpec[]): ReadonlyMap<string, Block> {
  const all = exportedStacks(
    environments,
    environments.map(({ name }) => name),
  );
  return new Map(all.flatMap(({ stacks }) => stacks.map((stack) => [stack.name, merged(stackFiles(stack))] as const)));
}
