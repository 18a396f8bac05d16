import { isJsonObject, type Json, type JsonObject } from "../../kubernetes/json";
import { sameJson } from "./same";
import type { Node, NodeMap } from "./template";

/** What stands at one place of an object in each environment; `undefined` where it is absent. */
export type Column = readonly (Json | undefined)[];

/** Makes a template of what it knows; `undefined`: it has nothing to say, and the place must be the same everywhere. */
export type Rule = (column: Column) => Node | undefined;

/** Rules by path: `spec.template.spec.containers[backend].env[STRIPE_KEY]`, `*` in brackets for every item of a list. */
export type Rules = Readonly<Record<string, Rule>>;

export interface Unified {
  readonly node: Node;
  /** Paths at which environments differ and no rule makes a template of it, with the two that differ. */
  readonly differences: readonly { readonly path: string; readonly between: readonly [number, number] }[];
}

const ruleOf = (rules: Rules, path: string): Rule | undefined =>
  rules[path] ?? rules[path.replace(/\[[^\]]*\]$/, "[*]")];

const nameOf = (item: Json): string | undefined =>
  isJsonObject(item) && typeof item.name === "string" ? item.name : undefined;

/** One template of the objects that environments have in one place. */
export function unify(column: readonly JsonObject[], rules: Rules): Unified {
  const differences: Unified["differences"][number][] = [];
  const differs = (path: string, from: Column): null => {
    const other = from.findIndex((value) => !sameJson(value, from[0]));
    differences.push({ path, between: [0, other] });
    return null;
  };

  function at(path: string, from: Column): Node {
    const ruled = ruleOf(rules, path)?.(from);
    if (ruled !== undefined) return ruled;
    if (from.every(isJsonObject)) return map(path, from);
    if (from.every((value) => Array.isArray(value))) return list(path, from as readonly (readonly Json[])[]);
    const [first] = from;
    if (first === undefined || isJsonObject(first) || Array.isArray(first)) return differs(path, from);
    return from.every((value) => value === first) ? (first as string | number | boolean | null) : differs(path, from);
  }

  function map(path: string, from: readonly JsonObject[]): NodeMap {
    return Object.fromEntries(
      inOrder(from.map((object) => Object.keys(object))).map((key) => [
        key,
        at(
          path === "" ? key : `${path}.${key}`,
          from.map((object) => object[key]),
        ),
      ]),
    );
  }

  function list(path: string, from: readonly (readonly Json[])[]): Node {
    const keys = from.map((items) => items.map(nameOf));
    if (keys.every((names): names is string[] => !names.includes(undefined))) {
      return inOrder(keys).map((name) =>
        at(
          `${path}[${name}]`,
          from.map((items) => items.find((item) => nameOf(item) === name)),
        ),
      );
    }
    const [first] = from;
    if (first === undefined || from.some(({ length }) => length !== first.length)) return differs(path, from);
    return first.map((_, index) =>
      at(
        `${path}[${index}]`,
        from.map((items) => items[index]),
      ),
    );
  }

  return { node: at("", column), differences };
}

/** Every key once; one that is not everywhere comes after the one before it where it is. */
function inOrder(lists: readonly (readonly string[])[]): string[] {
  const all: string[] = [];
  for (const keys of lists) {
    keys.forEach((key, index) => {
      if (all.includes(key)) return;
      const before = index === 0 ? -1 : all.indexOf(keys[index - 1] ?? "");
      all.splice(before + 1, 0, key);
    });
  }
  return all;
}

export const isSame = (column: Column): boolean => column.every((value) => sameJson(value, column[0]));

/** A literal: what is the same everywhere, of a rule that leaves the rest alone. */
export const literal = (value: Json): Node => JSON.parse(JSON.stringify(value)) as Node;
