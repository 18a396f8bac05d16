import { ScanError } from "./scan";
import type { Block, ScannedStack } from "./stacks";

/** A violation, made from a resource of ours: that a scanner finds it shows that it understands resources like ours. */
export interface Planted {
  /** Terraform resource type; the first one found in the stacks is changed. */
  readonly type: string;
  readonly change: Block;
  /** The check that must fail. */
  readonly check: string;
}

export const plantedId = (index: number): string => `planted-${index}`;

/** Resources by the logical ids `planted-0`, `planted-1`, …, in the order of the list. */
export function plant(planted: readonly Planted[], stacks: readonly ScannedStack[]): Block {
  const resource: Record<string, Record<string, Block>> = {};
  planted.forEach(({ type, change, check }, index) => {
    const [original] = stacks.flatMap(({ json }) => Object.values(json.resource[type] ?? {}));
    if (original === undefined) throw new ScanError(`${check}: no stack has an ${type} to plant a violation in`);
    resource[type] = { ...resource[type], [plantedId(index)]: { ...original, ...change } };
  });
  return { resource };
}
