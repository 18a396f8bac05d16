import { ComplexList, ComplexObject, type TerraformResource } from "cdktf";
import type { PathStep } from "../model/patch-path";
import { showKey } from "../model/show";

/*
 * Kubernetes' names of fields and the arguments that the provider's bindings have for them: `hostIPC` is `hostIpc`, and each of
 * `containers` a block `container`. Which of them exist, and which are blocks, the bindings' own references say.
 */

type Tree = Readonly<Record<string, unknown>>;
/** A block in the bindings, as a reference to it: it has a property for each of its arguments. */
type Block = TerraformResource | ComplexObject;

const isTree = (value: unknown): value is Tree =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** `hostIPC` → `hostIpc`, `clusterIPs` → `clusterIps` */
const camelCase = (field: string): string => {
  const lower = (_: string, first: string, rest: string, more = ""): string => first + rest.toLowerCase() + more;
  return field
    .replace(/([A-Z])([A-Z]+)(s?)$/, lower)
    .replace(/([A-Z])([A-Z]+)(?=[A-Z][a-z])/g, (all, first: string, rest: string) => lower(all, first, rest));
};

const singular = (field: string): string => field.replace(/ies$/, "y").replace(/(?<![si])s$/, "");

class NoArgument extends Error {}

/** The argument of a block for a field; what can be given has an input beside it. */
function argumentOf(field: string, block: Block): string {
  const name = camelCase(field);
  const found = [name, singular(name)].find((one) => one in block && `${one}Input` in block);
  if (found === undefined) throw new NoArgument(`the provider has no argument for ${showKey(field)}`);
  return found;
}

/** The block that an argument is, or each of its items is; `undefined` where it is a value. */
function blockOf(block: Block, argument: string): Block | undefined {
  const reference: unknown = Reflect.get(block, argument);
  if (reference instanceof ComplexObject) return reference;
  // Every list of blocks has it, each with a type of its own.
  const item: unknown = reference instanceof ComplexList ? (reference as ComplexList & Lookup).get(0) : undefined;
  return item instanceof ComplexObject ? item : undefined;
}

interface Lookup {
  get(index: number): unknown;
}

/**
 * Arguments with one more, at the path of a field of the Kubernetes object.
 *
 * @param resource of the same type: what it was given counts for nothing
 * @returns them, or why there is no such argument
 */
export function argumentsFor(
  config: unknown,
  steps: readonly PathStep[],
  value: unknown,
  resource: TerraformResource,
): { readonly config: unknown } | { readonly why: string } {
  try {
    return { config: placed(config, steps, value, resource) };
  } catch (error) {
    if (error instanceof NoArgument) return { why: error.message };
    throw error;
  }
}

function placed(at: unknown, [step, ...below]: readonly PathStep[], value: unknown, block: Block | undefined): unknown {
  if (step === undefined) return valueFor(value, block);
  if ("key" in step) {
    // A map of texts.
    if (block === undefined)
      return {
        ...(isTree(at) ? at : {}),
        [step.key]: placed(isTree(at) ? at[step.key] : undefined, below, value, undefined),
      };
    // One block is a list of one in some places.
    if (Array.isArray(at)) return [placed(at[0], [step, ...below], value, block)];
    const argument = argumentOf(step.key, block);
    const given = isTree(at) ? at : {};
    const inner = placed(given[argument], below, value, blockOf(block, argument));
    return { ...given, [argument]: listed(block, argument, inner) };
  }
  const list: readonly unknown[] = Array.isArray(at) ? at : [];
  const found = "index" in step ? step.index : list.findIndex((one) => isTree(one) && one.name === step.item);
  const index = found === -1 ? list.length : found;
  return [...list.slice(0, index), placed(list[index], below, value, block), ...list.slice(index + 1)];
}

function valueFor(value: unknown, block: Block | undefined): unknown {
  return block === undefined ? value : fitted(value, block);
}

/** One block that the bindings have as a list of blocks. */
function listed(block: Block, argument: string, value: unknown): unknown {
  return Reflect.get(block, argument) instanceof ComplexList && isTree(value) ? [value] : value;
}

/** A value with the names of arguments in place of fields, wherever the bindings have a block. */
function fitted(value: unknown, block: Block): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => fitted(item, block));
  if (!isTree(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => {
      const argument = argumentOf(field, block);
      return [argument, listed(block, argument, valueFor(inner, blockOf(block, argument)))];
    }),
  );
}
