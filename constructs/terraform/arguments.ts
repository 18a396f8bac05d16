import type { PathStep } from "../model/patch-path";

/*
 * Kubernetes' names of fields and the arguments that the provider's bindings have for them: `hostIPC` is `hostIpc`, and each of
 * `containers` a block `container`. Which of them exist is asked of the bindings: what they do not know they drop.
 */

type Tree = Readonly<Record<string, unknown>>;
/** What the bindings make of a value in place of what is there. */
type Probe = (value: unknown) => unknown;

const isTree = (value: unknown): value is Tree =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

const snakeCase = (field: string): string =>
  field
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();

const camelCase = (argument: string): string =>
  argument.replace(/_([a-z\d])/g, (_, letter: string) => letter.toUpperCase());

const singular = (argument: string): string => argument.replace(/ies$/, "y").replace(/(?<![si])s$/, "");

/** The argument among those of a block; `undefined` where it has none for the field. */
const argumentOf = (field: string, block: unknown): string | undefined =>
  isTree(block) ? [snakeCase(field), singular(snakeCase(field))].find((one) => one in block) : undefined;

class NoArgument extends Error {}

/**
 * Arguments with one more, at the path of a field of the Kubernetes object.
 *
 * @param attributes what the bindings make of arguments
 * @returns them, or why there is no such argument
 */
export function argumentsFor(
  config: unknown,
  steps: readonly PathStep[],
  value: unknown,
  attributes: (config: object) => unknown,
): { readonly config: unknown } | { readonly why: string } {
  try {
    return { config: placed(config, steps, value, (given) => attributes(given as object)) };
  } catch (error) {
    if (error instanceof NoArgument) return { why: error.message };
    throw error;
  }
}

function placed(at: unknown, [step, ...below]: readonly PathStep[], value: unknown, probe: Probe): unknown {
  if (step === undefined) return fitted(value, probe);
  if ("key" in step) {
    // One block is a list of one in some places.
    if (Array.isArray(at)) return [placed(at[0], [step, ...below], value, (one) => first(probe([one])))];
    const argument = argumentOf(step.key, probe(at ?? {}));
    if (argument === undefined || !isTree(at)) throw new NoArgument(`the provider has no argument for ${step.key}`);
    const name = camelCase(argument);
    const inner: Probe = (one) => within(probe({ ...at, [name]: one }), argument);
    return { ...at, [name]: placed(at[name], below, value, inner) };
  }
  const list: readonly unknown[] = Array.isArray(at) ? at : [];
  const found = "index" in step ? step.index : list.findIndex((one) => isTree(one) && one.name === step.item);
  const index = found === -1 ? list.length : found;
  const replaced = (one: unknown): unknown[] => [...list.slice(0, index), one, ...list.slice(index + 1)];
  return replaced(placed(list[index], below, value, (one) => itemOf(probe(replaced(one)), index)));
}

const first = (value: unknown): unknown => (Array.isArray(value) ? itemOf(value, 0) : value);
const itemOf = (value: unknown, index: number): unknown =>
  Array.isArray(value) ? (value as unknown[])[index] : undefined;
const within = (value: unknown, argument: string): unknown => (isTree(value) ? value[argument] : undefined);

/** A value with the names of arguments in place of fields, wherever the bindings have a block; maps keep their keys. */
function fitted(value: unknown, probe: Probe): unknown {
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    return list.map((item, index) =>
      fitted(item, (one) => itemOf(probe(list.map((other, at) => (at === index ? one : other))), index)),
    );
  }
  if (!isTree(value)) return value;
  const block = probe(value);
  const isMap =
    isTree(block) &&
    Object.keys(block).length > 0 &&
    Object.keys(value).every((key) => Object.is(block[key], value[key]));
  if (isMap) return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => {
      const argument = argumentOf(field, block);
      if (argument === undefined) throw new NoArgument(`the provider has no argument for ${field}`);
      const name = camelCase(argument);
      return [name, fitted(inner, (one) => within(probe({ [name]: one }), argument))];
    }),
  );
}
