import type { Block, StackJson } from "../reference";

/** A value somewhere in a resource. */
export interface Leaf {
  readonly key: string;
  readonly value: unknown;
  /** The block that has it, for what stands beside it. */
  readonly holder: Block;
}

/** Every AWS resource with its address. */
export function awsResources(json: StackJson): (readonly [type: string, address: string, block: Block])[] {
  return Object.entries(json.resource).flatMap(([type, blocks]) =>
    type.startsWith("aws_") ? Object.entries(blocks).map(([id, block]) => [type, `${type}.${id}`, block] as const) : [],
  );
}

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

/** `["a"]` for both "a" and ["a"], as both Terraform JSON and policies have it. */
export const list = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];
