import { z } from "zod";

/**
 * Makes the schema of an interface: `schemaOf<Probe>()({ ... })` compiles where the schema has exactly the fields of the
 * interface, takes every value that the interface takes, asks for what the interface asks for, and names no choice
 * (`"Prefix"`) that the interface has not. A field that is added to one and not to the other is an error at the other. So it
 * is for objects right in a field; deeper ones, and those in lists and records, are made by it in turn.
 */
export const schemaOf =
  <T extends object>() =>
  <S extends Record<keyof T, z.ZodType>>(fields: S & Fields<T, S>) =>
    z.strictObject<S>(fields);

/** What each field of a schema has to be; its own type where it is that. */
type Fields<T, S> = {
  readonly [K in keyof S]: K extends keyof T
    ? S[K] extends z.ZodType
      ? Field<Written<T[K]>, z.input<S[K]>, S[K]>
      : never
    : "the interface has no such field";
};

type Field<Given, Input, Schema> = unknown extends Input
  ? Schema
  : [Given, Keys<Given>] extends [Input, Keys<Input>]
    ? [undefined] extends [Input]
      ? [undefined] extends [Given]
        ? Choices<Given, Input, Schema>
        : "the interface requires it"
      : Choices<Given, Input, Schema>
    : "the interface takes more than the schema";

/** A list of literals names what the interface names and nothing else. A form of texts is wider than its type, and may be. */
type Choices<Given, Input, Schema> = [Exclude<Literal<Input>, Given>] extends [never]
  ? Schema
  : "the schema takes a choice that the interface has not";

type Literal<T> = T extends string
  ? string extends T
    ? never
    : T
  : T extends number
    ? number extends T
      ? never
      : T
    : T extends boolean
      ? T
      : never;

/** Names of the fields of an object that a field holds: an object with more of them is assignable all the same. */
type Keys<T> = T extends readonly unknown[] ? never : T extends object ? keyof T : never;

/** A type as a schema has it: nothing is `readonly` there. */
type Written<T> = T extends (...args: never[]) => unknown
  ? T
  : T extends readonly [infer First, ...infer Rest]
    ? [Written<First>, ...Written<Rest>]
    : T extends readonly (infer Item)[]
      ? Written<Item>[]
      : T extends object
        ? { -readonly [K in keyof T]: Written<T[K]> }
        : T;
