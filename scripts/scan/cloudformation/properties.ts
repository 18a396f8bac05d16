import type { Block } from "../stacks";
import { pascal } from "./expressions";
import { listed, type Part, type Resource, type Said, tagList, Untranslated } from "./translation";

/** What Terraform itself reads; the engine that applies it checks them. */
const META = new Set(["//", "depends_on", "lifecycle", "provider"]);

const EVERYWHERE: Readonly<Record<string, Said>> = { tags: { name: "Tags", value: tagList } };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * A block's arguments as properties. None is left out, except those of which the tables say so: one that CloudFormation
 * does not know by its words in PascalCase is then refused there.
 *
 * @param evaluated what expressions in a value are
 * @param say told of each path that the tables have an entry for
 */
export function properties(
  { says = {} }: Pick<Resource | Part, "says">,
  block: Block,
  evaluated: (value: unknown) => unknown,
  say: (path: string) => void,
): Record<string, unknown> {
  function nested(value: unknown, path: string): unknown {
    if (Array.isArray(value)) return value.map((one) => nested(one, path));
    return isObject(value) ? object(value, `${path}.`) : evaluated(value);
  }
  function object(from: Block, prefix: string): Record<string, unknown> {
    const to: Record<string, unknown> = {};
    for (const [argument, value] of Object.entries(from)) {
      if (value === undefined || (prefix === "" && META.has(argument))) continue;
      const path = prefix + argument;
      if (says[path] !== undefined) say(path);
      const said = says[path] ?? EVERYWHERE[path] ?? pascal(argument);
      if (typeof said === "string") merge(to, at(said, nested(value, path)));
      else if ("value" in said) merge(to, at(said.name, evaluated(said.value(value))));
      else if ("as" in said) merge(to, at(said.name, nested(said.as === "list" ? listed(value) : only(value), path)));
    }
    return to;
  }
  return object(block, "");
}

function only(value: unknown): unknown {
  const all = listed(value);
  if (all.length === 1) return all[0];
  throw new Untranslated(`CloudFormation takes one of ${JSON.stringify(value)}`);
}

/** `a.b` as an object in an object; nothing for what is there already. */
function at(path: string, value: unknown): Record<string, unknown> {
  const names = path === "" ? [] : path.split(".");
  return names.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as Record<string, unknown>;
}

/** Objects are merged, lists joined. */
export function merge(to: Record<string, unknown>, from: Readonly<Record<string, unknown>>): Record<string, unknown> {
  for (const [name, value] of Object.entries(from)) {
    const there = to[name];
    if (Array.isArray(there) && Array.isArray(value)) to[name] = [...(there as unknown[]), ...(value as unknown[])];
    else if (isObject(there) && isObject(value)) merge(there, value);
    else to[name] = value;
  }
  return to;
}
