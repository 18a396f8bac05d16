/**
 * Says of which parts of a value something is true: all of it, none, or by key or index. The engines leave out what is false
 * everywhere below.
 */
export type Mask = boolean | MaskTree | null | undefined;

export type MaskTree = { readonly [key: string]: Mask } | readonly Mask[];

const isTree = (mask: Mask): mask is MaskTree => typeof mask === "object" && mask !== null;

/** What a mask says of a part. */
export function maskOf(mask: Mask, key: number | string): Mask {
  if (!isTree(mask)) return mask;
  return Object.hasOwn(mask, key) ? (mask as Readonly<Record<number | string, Mask>>)[key] : undefined;
}

/** Whether it is true of the whole. What is no mask at all is taken for one: nothing is printed by mistake. */
export const isWhole = (mask: Mask): boolean => !isTree(mask) && mask !== undefined && mask !== null && mask;

/** Whether it is true of some part, however deep. */
export function isSomewhere(mask: Mask): boolean {
  if (!isTree(mask)) return isWhole(mask);
  return Object.values(mask).some((one: Mask) => isSomewhere(one));
}

/** Keys of an object that it says something of. */
export const maskedKeys = (mask: Mask): string[] => (isTree(mask) && !Array.isArray(mask) ? Object.keys(mask) : []);
