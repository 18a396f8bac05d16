import type { Block, StackJson } from "../reference";

/** A value somewhere in a resource. */
export interface Leaf {
  readonly key: string;
  readonly value: unknown;
  /** The block that has it, for what stands beside it. */
  readonly holder: Block;
}

export type Resource = readonly [type: string, address: string, block: Block];

/** Every resource of one provider with its address. */
const resourcesOf =
  (provider: string) =>
  (json: StackJson): Resource[] =>
    Object.entries(json.resource).flatMap(([type, blocks]) =>
      type.startsWith(`${provider}_`)
        ? Object.entries(blocks).map(([id, block]) => [type, `${type}.${id}`, block] as const)
        : [],
    );

export const awsResources = resourcesOf("aws");
export const googleResources = resourcesOf("google");
export const azureResources = resourcesOf("azurerm");

/** Every value in a block that is no block, through lists and blocks inside of it. */
export function leaves(block: Block): Leaf[] {
  return Object.entries(block).flatMap(([key, value]) => (key === "//" ? [] : below(key, value, block)));
}

function below(key: string, value: unknown, holder: Block): Leaf[] {
  if (Array.isArray(value)) return value.flatMap((entry) => below(key, entry, holder));
  return isBlock(value) ? leaves(value) : [{ key, value, holder }];
}

export const isBlock = (value: unknown): value is Block =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A block in a block, which Terraform JSON may have in a list; an empty one if there is none. */
export function inner(block: Block, ...path: readonly string[]): Block {
  return path.reduce<Block>((outer, key) => {
    const [found] = list(outer[key]);
    return isBlock(found) ? found : {};
  }, block);
}

/** Whether something else refers to the resource: `${aws_eip.A.id}` does to `aws_eip.A`. */
export const refersTo = (block: Block, address: string): boolean =>
  leaves(block).some(({ value }) => typeof value === "string" && value.includes(`\${${address}.`));

/** `["a"]` for both "a" and ["a"], as both Terraform JSON and policies have it. */
export const list = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];
