import { createRequire } from "node:module";
import { isSecret } from "./find";

/*
 * What the bindings know of a resource: an attribute that nobody can set is one the provider fills, and it is in the state
 * whether or not anything refers to it.
 */

const load = createRequire(__filename);

/** An attribute by its path, blocks without their index. Blocks of blocks are joined by underscores. */
interface Attribute {
  readonly path: string;
  readonly name: string;
  readonly settable: boolean;
}

const known = new Map<string, readonly Attribute[]>();

/** All attributes of a binding, those of its blocks included. */
export function attributesOf(module: string): readonly Attribute[] {
  const found = known.get(module) ?? readAttributes(module);
  known.set(module, found);
  return found;
}

function readAttributes(module: string): readonly Attribute[] {
  const classes = Object.entries(load(module) as Record<string, unknown>).flatMap(([name, value]) =>
    typeof value === "function" ? [{ name, value, prototype: value.prototype as unknown }] : [],
  );
  const root = classes.find(({ value }) => "tfResourceType" in value)?.name ?? "";
  return classes.flatMap(({ name: className, prototype }): Attribute[] => {
    if (typeof prototype !== "object" || prototype === null) return [];
    if (className !== root && !className.endsWith("OutputReference")) return [];
    // `KubernetesClusterKubeConfigOutputReference` is the block `kube_config` of `KubernetesCluster`.
    const block = snake(className.slice(root.length).replace(/OutputReference$/, ""));
    return Object.entries(Object.getOwnPropertyDescriptors(prototype)).flatMap(([key, property]): Attribute[] => {
      if (property.get === undefined || key.endsWith("Input")) return [];
      // A block has no setter but a method that puts it.
      const settable = property.set !== undefined || `put${key[0]?.toUpperCase() ?? ""}${key.slice(1)}` in prototype;
      const name = snake(key);
      return [{ path: block === "" ? name : `${block}.${name}`, name, settable }];
    });
  });
}

const snake = (text: string): string =>
  text.replace(/[A-Z]/g, (letter, at: number) => `${at === 0 ? "" : "_"}${letter.toLowerCase()}`);

/** Attributes with a secret that the provider of this type fills by itself. */
export const filledSecrets = (type: string, module: string): string[] =>
  attributesOf(module)
    .filter(({ name, settable }) => !settable && isSecret(type, name))
    .map(({ path }) => path);
