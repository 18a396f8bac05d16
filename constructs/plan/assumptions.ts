import { isFields } from "./object";
import type { Fields } from "./object";
import { type Block, blocksOf, fieldsOf } from "./stack-blocks";

/** Something that a plan takes for true, as nobody can be asked yet. */
export interface Assumption {
  /** Address of what is not asked. */
  readonly address: string;
  /** What is taken for true, in a sentence without a full stop. */
  readonly says: string;
}

/** A plan of a stack that was made before those that it stands on. */
export interface FirstPlan {
  /** Stacks that were never applied. */
  readonly missing: readonly string[];
  readonly assumptions: readonly Assumption[];
}

/** Type that no provider plans without asking an API server for the form of its object. */
const ASKS_AT_A_PLAN = "kubernetes_manifest";

/** Providers that ask the cluster. */
const ASKS_THE_CLUSTER = /^(?:kubernetes|helm)_/;

/** What cannot be asked before the stacks are there that a stack stands on. */
export interface NotAsked {
  /** Data sources that wait. */
  readonly waiting: readonly Block[];
  /** Objects that only an API server can plan. */
  readonly objects: readonly Block[];
  readonly assumptions: readonly Assumption[];
}

/** Finds what of a stack cannot be asked yet. `missing`: stacks that were never applied, by their names. */
export function notAsked(stack: Fields, missing: Readonly<Record<string, Fields>>): NotAsked {
  const made = Object.entries(missing).flatMap(([name, one]) =>
    blocksOf(one, "resource").map((block) => ({ ...block, stack: name })),
  );
  const waiting = blocksOf(stack, "data").flatMap((block) => {
    const says = assumed(block, made);
    return says === undefined ? [] : [{ block, says }];
  });
  const objects = blocksOf(stack, "resource").filter(({ type }) => type === ASKS_AT_A_PLAN);
  return {
    waiting: waiting.map(({ block }) => block),
    objects,
    assumptions: [
      ...waiting.map(({ block: { type, name }, says }) => ({ address: `data.${type}.${name}`, says })),
      ...objects.map(({ type, name, value }) => ({
        address: `${type}.${name}`,
        says: `${objectIn(value)} is taken as it is written: no API server has looked at it`,
      })),
    ],
  };
}

/**
 * What is taken for true of a data source that cannot be read yet.
 *
 * @returns `undefined` where it can be read, or where the engine waits by itself
 */
function assumed({ type, value }: Block, made: readonly (Block & { readonly stack: string })[]): string | undefined {
  if (ASKS_THE_CLUSTER.test(type)) {
    // How many of it there are says another answer, which is taken for empty.
    const none =
      typeof value.for_each === "string" && value.for_each.includes("data.") ? ", and taken to have none" : "";
    return `${askedOf(type, value)}: the cluster is not asked${none}`;
  }
  const found = made.find((one) => one.type === type && isOf(value, one.value));
  return found === undefined ? undefined : `${found.stack} makes it, as ${found.type}.${found.name}`;
}

/** Whether a data source looks up a resource: what both say in letters is the same, and that is something. */
function isOf(data: Fields, resource: Fields): boolean {
  const both = Object.entries(data).filter(([key, value]) => isLetters(value) && isLetters(resource[key]));
  return both.length > 0 && both.every(([key, value]) => resource[key] === value);
}

function isLetters(value: unknown): value is string {
  return typeof value === "string" && !value.includes("${");
}

/** What a data source asks the cluster for, as far as it says so in letters. */
function askedOf(type: string, { kind, namespace, field_selector: selector, metadata }: Fields): string {
  const { name, namespace: within } = fieldsOf(metadata);
  const where = namespace ?? within;
  return [
    isLetters(kind) ? kind : /^kubernetes_resources?$/.test(type) ? "objects of some kinds" : wordsOf(type),
    ...(isLetters(selector) ? [selector.replace("metadata.name=", "")] : isLetters(name) ? [name] : []),
    ...(isLetters(where) ? [`in ${where}`] : []),
  ].join(" ");
}

/** `kubernetes_storage_class_v1` → `storage class` */
function wordsOf(type: string): string {
  return type
    .replace(ASKS_THE_CLUSTER, "")
    .replace(/_v\d+$/, "")
    .replaceAll("_", " ");
}

function objectIn({ manifest }: Fields): string {
  const { kind, metadata } = fieldsOf(manifest);
  return [kind, isFields(metadata) ? metadata.name : undefined].filter(isLetters).join(" ");
}
