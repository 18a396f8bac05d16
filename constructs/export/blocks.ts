import { type Fields, isFields } from "../plan/object";
import { fieldsOf } from "../plan/stack-blocks";
import type { PartOf } from "./exported-stack";

/* Blocks of a stack without what cdktf keeps in them for itself, in the order in which people read them. */

/** Sections whose blocks have a type and a name. */
export const TYPED = ["ephemeral", "data", "resource"] as const;

/** A block, and the path of its construct where one is written in it. */
export interface ExportedBlock {
  readonly section: (typeof TYPED)[number];
  readonly type: string;
  readonly name: string;
  /** Address as plans write it: `data.aws_eks_cluster.Lookup`. */
  readonly address: string;
  readonly path?: string;
  readonly value: Fields;
}

/** Every block of the sections whose blocks have a type and a name. */
export function typedBlocks(stack: Fields): readonly ExportedBlock[] {
  return TYPED.flatMap((section) =>
    Object.entries(fieldsOf(stack[section])).flatMap(([type, blocks]) =>
      Object.entries(fieldsOf(blocks)).map(([name, block]): ExportedBlock => {
        const value = fieldsOf(block);
        const address = section === "resource" ? `${type}.${name}` : `${section}.${type}.${name}`;
        const { path } = fieldsOf(fieldsOf(value["//"]).metadata);
        return { section, type, name, address, value, ...(typeof path === "string" && { path }) };
      }),
    ),
  );
}

/** Arguments that are about the block, and stand before all others, and those that stand after them. */
const FIRST = ["provider", "for_each", "count"];
const LAST = ["connection", "provisioner", "lifecycle", "depends_on"];

/** A block as people read it: what it is, what is said of it as a whole, its arguments, and what it waits for. */
export function readable(value: Fields, part?: PartOf): Fields {
  const inner = withoutMetadata(value);
  const rest = Object.keys(inner).filter((key) => !FIRST.includes(key) && !LAST.includes(key));
  const order = [...FIRST, ...rest, ...LAST].filter((key) => key in inner);
  const own = Object.fromEntries(order.map((key) => [key, inner[key]]));
  return part === undefined ? own : { "//": part.says, ...own };
}

/** A block without what cdktf wrote into it as a comment. A key of that name deeper within is somebody's. */
export function withoutMetadata(value: Fields): Fields {
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== "//"));
}

/** The same of a section whose blocks have a name alone, or, as providers have, a list for each. */
export function namedBlocks(section: unknown): unknown {
  if (!isFields(section)) return section;
  const each = (block: unknown): unknown => (isFields(block) ? withoutMetadata(block) : block);
  return Object.fromEntries(
    Object.entries(section).map(([name, block]) => [name, Array.isArray(block) ? block.map(each) : each(block)]),
  );
}
