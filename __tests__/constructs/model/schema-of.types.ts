import { z } from "zod";
import { schemaOf } from "../../../constructs/model/schema-of";

/*
 * What the compiler says where a schema and its interface part: `npm run typecheck` is the test.
 */

interface Given {
  readonly name: string;
  readonly size?: `${number}Gi`;
  readonly kind?: "one" | "two";
  readonly list?: readonly string[];
  readonly off?: false | "on";
}

const name = z.string();
const size = z.string().optional();
const kind = z.enum(["one", "two"]).optional();
const list = z.array(z.string()).optional();
const off = z.union([z.literal(false), z.literal("on")]).optional();

export const same = schemaOf<Given>()({ name, size, kind, list, off });

// @ts-expect-error a field of the interface is missing
export const missing = schemaOf<Given>()({ name, size, kind, list });

// @ts-expect-error the interface has no such field
export const unknown = schemaOf<Given>()({ name, size, kind, list, off, more: name });

// @ts-expect-error the interface requires it
export const optional = schemaOf<Given>()({ name: name.optional(), size, kind, list, off });

// @ts-expect-error the interface has it optional
export const required = schemaOf<Given>()({ name, size: z.string(), kind, list, off });

// @ts-expect-error the interface has a choice more
export const fewer = schemaOf<Given>()({ name, size, kind: z.enum(["one"]).optional(), list, off });

// @ts-expect-error the schema has a choice more
export const more = schemaOf<Given>()({ name, size, kind: z.enum(["one", "two", "three"]).optional(), list, off });

// @ts-expect-error another type
export const other = schemaOf<Given>()({ name, size, kind, list: z.array(z.number()).optional(), off });

const anything = z.union([z.boolean(), z.literal("on")]).optional();
// @ts-expect-error one literal too many
export const literal = schemaOf<Given>()({ name, size, kind, list, off: anything });

interface Outer {
  readonly inner?: { readonly one: string; readonly two?: string };
}

// @ts-expect-error the object in the field has one more
export const inner = schemaOf<Outer>()({ inner: z.strictObject({ one: name }).optional() });
