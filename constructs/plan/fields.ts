import { equal } from "./equal";
import { isSomewhere, isWhole, type Mask, maskedKeys, maskOf } from "./mask";
import { pairs } from "./pairs";
import type { ValueChange } from "./plan";
import { SENSITIVE, shown, UNKNOWN } from "./shown";
import { structureOf } from "./structured-texts";

/** A part of a path: a key, an index, or, of a list whose members have names, `[backend]`. */
export type PathPart = number | string;

/** One difference between what is and what will be, at the smallest part that differs. */
export interface FieldChange {
  readonly path: readonly PathPart[];
  /** `undefined` where there was nothing; what is sensitive is stood for by `SENSITIVE`. */
  readonly before: unknown;
  /** `undefined` where there will be nothing; `UNKNOWN` where only the apply tells. */
  readonly after: unknown;
  /** Number of the members, where only their order differs. */
  readonly reordered?: number;
}

interface Side {
  readonly value: unknown;
  readonly sensitive: Mask;
  /** What only the apply tells: of what will be. */
  readonly unknown?: Mask;
}

/**
 * The differences of a change, in the order of what will be. What the engines' older providers say two ways and mean once,
 * `null` and an empty text, list or object, is no difference. Texts that are JSON are compared as what they say.
 */
export function fieldChanges({ before, after, unknown, sensitiveBefore, sensitiveAfter }: ValueChange): FieldChange[] {
  const found: FieldChange[] = [];
  compare(
    [],
    { value: before, sensitive: sensitiveBefore },
    { value: after, sensitive: sensitiveAfter, unknown },
    found,
  );
  return found;
}

function compare(path: readonly PathPart[], before: Side, after: Side, found: FieldChange[]): void {
  if (isWhole(before.sensitive) || isWhole(after.sensitive)) {
    compareHidden(path, before, after, found);
    return;
  }
  if (isWhole(after.unknown)) {
    found.push({ path, before: shown(before.value, before.sensitive), after: UNKNOWN });
    return;
  }
  if (before.value === after.value && typeof before.value !== "object") return;
  const [was, is] = [structured(before.value), structured(after.value)];
  if (Array.isArray(was) && Array.isArray(is))
    compareLists(path, { ...before, value: was }, { ...after, value: is }, found);
  else if (isFields(was) && isFields(is))
    compareFields(path, { ...before, value: was }, { ...after, value: is }, found);
  else if (isFields(is) && was === null && path.length === 0)
    compareFields(path, { ...before, value: {} }, after, found);
  else if (isFields(was) && is === null && path.length === 0)
    compareFields(path, before, { ...after, value: {} }, found);
  else if (!means(before.value, after.value)) found.push(change(path, before, after));
}

function change(path: readonly PathPart[], before: Side, after: Side): FieldChange {
  return {
    path,
    before: shown(before.value, before.sensitive),
    after: shown(after.value, after.sensitive, after.unknown),
  };
}

/** Nothing of it is told but that it differs. */
function compareHidden(path: readonly PathPart[], before: Side, after: Side, found: FieldChange[]): void {
  const stays = !isWhole(after.unknown) && equal(before.value, after.value);
  if (stays && isWhole(before.sensitive) === isWhole(after.sensitive)) return;
  const stand = ({ value, unknown }: Side): unknown => {
    if (isWhole(unknown)) return UNKNOWN;
    return value === undefined || value === null ? undefined : SENSITIVE;
  };
  found.push({ path, before: stand(before), after: stand(after) });
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A text that is JSON of more than one value, as what it says. */
function structured(value: unknown): unknown {
  return typeof value === "string" ? (structureOf(value) ?? value) : value;
}

const part = ({ value, sensitive, unknown }: Side, key: number | string): Side => ({
  value: (value as Readonly<Record<number | string, unknown>>)[key],
  sensitive: maskOf(sensitive, key),
  unknown: maskOf(unknown, key),
});

function compareFields(path: readonly PathPart[], before: Side, after: Side, found: FieldChange[]): void {
  const [was, is] = [before.value as Fields, after.value as Fields];
  const seen = new Set<string>();
  const compareKey = (key: string): void => {
    if (seen.has(key)) return;
    seen.add(key);
    if (!staysAt(key, before, after)) compare([...path, key], part(before, key), part(after, key), found);
  };
  for (const key in is) compareKey(key);
  for (const key in was) compareKey(key);
  for (const key of maskedKeys(after.unknown)) compareKey(key);
}

/** Whether a part is the same on both sides, with nothing that is sensitive or not known: of most there is no more to say. */
function staysAt(key: number | string, before: Side, after: Side): boolean {
  const [was, is] = [before, after].map(({ value }) => (value as Readonly<Record<number | string, unknown>>)[key]);
  return (
    equal(was, is) &&
    !isSomewhere(maskOf(after.unknown, key)) &&
    !isSomewhere(maskOf(before.sensitive, key)) &&
    !isSomewhere(maskOf(after.sensitive, key))
  );
}

function compareLists(path: readonly PathPart[], before: Side, after: Side, found: FieldChange[]): void {
  const [was, is] = [before.value as readonly unknown[], after.value as readonly unknown[]];
  const { unequal, isReordered } = pairs(was, is);
  for (const { from, to, name } of unequal) {
    const at = [...path, name === undefined ? (to ?? from ?? 0) : `[${name}]`];
    const nothing: Side = { value: undefined, sensitive: false };
    compare(at, from === undefined ? nothing : part(before, from), to === undefined ? nothing : part(after, to), found);
  }
  if (isReordered) found.push({ path, before: undefined, after: undefined, reordered: is.length });
}

/** Whether two values mean the same to a provider: one that is set to nothing, and one that is not set. */
function means(one: unknown, other: unknown): boolean {
  if (one === undefined || other === undefined) return (one ?? null) === null && (other ?? null) === null;
  return equal(one, other) || (one === null && isEmpty(other)) || (other === null && isEmpty(one));
}

function isEmpty(value: unknown): boolean {
  return value === "" || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
}
