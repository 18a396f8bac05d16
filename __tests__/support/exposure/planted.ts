import { type Block, stack, type StackJson, type Synthesis } from "../reference";

/** Puts one resource more, `<type>.planted`, into a stack of ours. */
export const plantedIn =
  (synthesis: Synthesis, name: string) =>
  (type: string, block: Block): StackJson => {
    const json = stack(synthesis, name);
    return { ...json, resource: { ...json.resource, [type]: { ...json.resource[type], planted: block } } };
  };

/** One finding, at what was planted. */
export const onlyPlanted = (type: string): unknown => [
  expect.stringMatching(new RegExp(`^${type}.planted: `)) as unknown,
];
