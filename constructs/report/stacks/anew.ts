import { formatFieldPath } from "../../plan/field-path";
import type { FieldChange, PathPart } from "../../plan/fields";
import { type Fields, isFields } from "../../plan/object";
import type { ChangeFacts } from "../../services/resource-facts";
import { broughtType, type BroughtTypes } from "../brought-types";
import { ANEW, type AnewFacts, KUBERNETES } from "./anew-facts";

/** What becomes of a resource for a change of its arguments. */
export type Fate =
  | { readonly is: "anew"; readonly for: readonly (readonly (number | string)[])[] }
  | { readonly is: "in place" }
  /** Nobody here knows, for these arguments. */
  | { readonly is: "perhaps"; readonly for: readonly string[] };

/** Arguments of every type of a provider that change in place: what people read, and what the provider alone does. */
const EVERYWHERE: readonly (readonly [RegExp, RegExp])[] = [
  [/^/, /^(?:lifecycle|timeouts)(?:\.|$)/],
  [/^(?:aws|azurerm)_/, /^tags(?:\.|$)/],
];

/** A path as an engine says what it replaces for: members by their names have no place that is known here. */
const indexes = (path: readonly PathPart[]): (number | string)[] => {
  const until = path.findIndex((part) => typeof part === "object");
  return (until < 0 ? path : path.slice(0, until)).filter((part) => typeof part !== "object");
};

/** Finds what becomes of a resource, as far as its provider was read. The worst of its changes counts. */
export function fateOf(type: string, fields: readonly FieldChange[], brought: BroughtTypes = {}): Fate {
  const facts = factsOf(type, brought);
  const found = fields.map((field) => ({ field, is: fateOfField(type, facts, field) }));
  const anew = found.filter(({ is }) => is === "anew").map(({ field }) => indexes(field.path));
  if (anew.length > 0) return { is: "anew", for: anew };
  const unknown = found.filter(({ is }) => is === "perhaps").map(({ field }) => formatFieldPath(field.path));
  return unknown.length > 0 ? { is: "perhaps", for: unknown } : { is: "in place" };
}

type One = Fate["is"];

/** A path without places in lists. */
const plain = (path: readonly PathPart[]): string => path.filter((part) => typeof part === "string").join(".");

function fateOfField(type: string, facts: AnewFacts | undefined, { path, before, after, order }: FieldChange): One {
  // What a dynamic block comes to nobody knows here.
  if (path[0] === "dynamic") return "perhaps";
  const at = plain(path);
  const leaves = order === undefined ? leavesOf(at, before, after) : [at];
  const fates = leaves.map((leaf) => fateOfLeaf(type, facts, leaf, before, after));
  return fates.includes("anew") ? "anew" : fates.includes("perhaps") ? "perhaps" : "in place";
}

const isIn = (leaf: string, paths = ""): boolean =>
  paths.split(" ").some((path) => path !== "" && (leaf === path || leaf.startsWith(`${path}.`)));

function fateOfLeaf(type: string, facts: AnewFacts | undefined, leaf: string, before: unknown, after: unknown): One {
  if (EVERYWHERE.some(([types, paths]) => types.test(type) && paths.test(leaf))) return "in place";
  if (isIn(leaf, facts?.anew)) return "anew";
  if (isIn(leaf, facts?.inPlace)) return "in place";
  if (isIn(leaf, facts?.grows)) return grown(before, after);
  return facts?.isWhole === true ? "in place" : "perhaps";
}

function factsOf(type: string, brought: BroughtTypes): AnewFacts | undefined {
  if (Object.hasOwn(ANEW, type)) return ANEW[type];
  return type.startsWith("kubernetes_") ? KUBERNETES : asFacts(broughtType(brought, type)?.changes);
}

/** What a kind of service says, in the form that is read here. */
function asFacts(changes: ChangeFacts | undefined): AnewFacts | undefined {
  if (changes === undefined) return undefined;
  const { anew = [], inPlace = [], grows = [], stays = [], isWhole } = changes;
  return {
    ...{ anew: anew.join(" "), inPlace: inPlace.join(" "), grows: grows.join(" "), stays: stays.join(" ") },
    ...(isWhole === true && { isWhole }),
  };
}

/** A resource's arguments as they are afterwards: with those of before that stay where nothing is said of them any more. */
export function withStaying(type: string, before: Fields, after: Fields, brought: BroughtTypes = {}): Fields {
  const left = Object.keys(before).filter((name) => !(name in after) && isIn(name, factsOf(type, brought)?.stays));
  return left.length === 0 ? after : { ...after, ...Object.fromEntries(left.map((name) => [name, before[name]])) };
}

/** Every argument below one that comes or goes as a whole. */
function leavesOf(at: string, ...values: readonly unknown[]): string[] {
  const found = new Set<string>();
  const walk = (value: unknown, path: string): void => {
    if (Array.isArray(value) && value.length > 0) for (const one of value as readonly unknown[]) walk(one, path);
    else if (isFields(value) && !("toJSON" in value) && Object.keys(value).length > 0) {
      for (const [key, one] of Object.entries(value)) walk(one, path === "" ? key : `${path}.${key}`);
    } else found.add(path);
  };
  for (const value of values) if (value !== undefined && value !== null) walk(value, at);
  return found.size === 0 ? [at] : [...found];
}

const UNITS: Readonly<Record<string, number>> = {
  ...{ "": 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15 },
  ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50 },
};

function amount(value: unknown): number | undefined {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?)([a-zA-Z]*)$/.exec(String(value)) ?? [];
  const factor = Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined;
  return number === undefined || factor === undefined ? undefined : Number(number) * factor;
}

function grown(before: unknown, after: unknown): One {
  const [was, is] = [amount(before), amount(after)];
  if (was === undefined || is === undefined) return "perhaps";
  return is < was ? "anew" : "in place";
}
