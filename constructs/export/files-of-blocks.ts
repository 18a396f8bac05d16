import { type ExportedBlock, typedBlocks } from "./blocks";
import type { SynthesizedStack } from "./exported-stack";

/** File of what is looked up for several elements, or for none. */
export const LOOKUPS = "lookups";

/** File of resources that are of no element: what `main.ts` of the program puts beside them. */
export const BESIDE = "main";

/**
 * The file of each block of a stack, by its address: that of the element which a resource is of; of what is looked up and of
 * ephemeral values, that of the resources below the nearest construct above, where all of them are in one; of what is no element's, one for all of it.
 */
export function filesOfBlocks({ written, elements }: SynthesizedStack): ReadonlyMap<string, string> {
  const blocks = typedBlocks(written);
  const known = new Map(
    blocks.flatMap(({ address }): [string, string][] => {
      const element = elements[address];
      return element === undefined ? [] : [[address, element.file]];
    }),
  );
  const resources = blocks.filter(({ section }) => section === "resource");
  const otherwise = (block: ExportedBlock): string =>
    nearest(block, resources, known) ?? (block.section === "resource" ? BESIDE : LOOKUPS);
  return new Map(blocks.map((block) => [block.address, known.get(block.address) ?? otherwise(block)]));
}

/** Steps of a path up to which everything is a stack's or an application's, and no element's. */
const SHARED = 1;

function nearest(
  { path = "" }: ExportedBlock,
  resources: readonly ExportedBlock[],
  known: ReadonlyMap<string, string>,
): string | undefined {
  const steps = path.split("/");
  for (let length = steps.length - 1; length > SHARED; length--) {
    const above = `${steps.slice(0, length).join("/")}/`;
    const below = resources.filter((one) => `${one.path ?? ""}/`.startsWith(above));
    const files = new Set(below.flatMap(({ address }) => known.get(address) ?? []));
    if (files.size > 1) return undefined;
    const [only] = files;
    if (only !== undefined) return only;
  }
  return undefined;
}
