import { equal } from "./equal";
import { isSomewhere, isWhole, type Mask, maskedKeys, maskOf } from "./mask";
import { type Fields, isFields } from "./object";
import { type Member, pairs } from "./pairs";
import type { ValueChange } from "./plan";
import { SENSITIVE, shown, UNKNOWN } from "./shown";
import { structureOf } from "./structured-texts";

/**
 * A part of a path: a key; an index of a list as it will be, or of what `was` in it and goes; or the name of a member that its
 * list has once.
 */
export type PathPart = number | string | { readonly name: string } | { readonly was: number };

/** One difference between what is and what will be, at the smallest part that differs. */
export interface FieldChange {
  readonly path: readonly PathPart[];
  /** Value that it has, `undefined` where there was none. `SENSITIVE` stands for one that nobody is to read. */
  readonly before: unknown;
  /** Value that it gets, `undefined` where there will be none. `UNKNOWN` stands for one that only the apply tells. */
  readonly after: unknown;
  /**
   * Places that members of a list come from, in the order in which they will be; `null` for one that is new. It is given where
   * they are not where they were.
   */
  readonly order?: readonly (number | null)[];
}

interface Side {
  readonly value: unknown;
  readonly sensitive: Mask;
  /** What only the apply tells: of what will be. */
  readonly unknown?: Mask;
  /** Whether null is something else than nothing: in texts that others read. */
  readonly isText?: boolean;
}

/** What was found already, as a report asks for it and for its digest: a plan that was read does not change. */
const KNOWN = new WeakMap<ValueChange, readonly FieldChange[]>();

/**
 * Finds the differences of a change, in the order of what will be. Texts that are JSON are compared by what they say; where they
 * say the same in other letters, the text is told.
 */
export function fieldChanges(change: ValueChange): readonly FieldChange[] {
  const known = KNOWN.get(change);
  if (known !== undefined) return known;
  const { before, after, unknown, sensitiveBefore, sensitiveAfter } = change;
  const found: FieldChange[] = [];
  const was: Side = { value: before, sensitive: sensitiveBefore };
  compare([], was, { value: after, sensitive: sensitiveAfter, unknown }, found);
  KNOWN.set(change, found);
  return found;
}

function compare(path: readonly PathPart[], before: Side, after: Side, found: FieldChange[]): void {
  if (isHidden(before, after)) {
    compareHidden(path, before, after, found);
    return;
  }
  if (isWhole(after.unknown)) {
    found.push({ path, before: shown(before.value, before.sensitive), after: UNKNOWN });
    return;
  }
  const [was, is] = [before.value, after.value];
  if (Array.isArray(was) && Array.isArray(is)) compareLists(path, before, after, found);
  else if (isFields(was) && isFields(is)) compareFields(path, before, after, found);
  else if (typeof was === "string" && typeof is === "string") compareTexts(path, before, after, found);
  // Of what comes and goes as a whole, each argument is told.
  else if (path.length === 0 && isFields(was ?? {}) && isFields(is ?? {})) {
    compareFields(path, { ...before, value: was ?? {} }, { ...after, value: is ?? {} }, found);
  } else if (!isSame(before, after)) found.push(change(path, before, after));
}

/** Whether nothing of a value is to be read: a mark of a part counts for all of it where the other side has no such part. */
function isHidden(before: Side, after: Side): boolean {
  if (isWhole(before.sensitive) || isWhole(after.sensitive)) return true;
  if (!isSomewhere(before.sensitive) && !isSomewhere(after.sensitive)) return false;
  if (isWhole(after.unknown)) return true;
  const [was, is] = [before.value ?? undefined, after.value ?? undefined];
  const isBoth = (test: (value: unknown) => boolean): boolean =>
    (was === undefined || test(was)) && (is === undefined || test(is));
  return !isBoth(Array.isArray) && !isBoth(isFields);
}

function isSame(before: Side, after: Side): boolean {
  if (isSomewhere(after.unknown)) return false;
  const nothing = (value: unknown): unknown => (value === null && before.isText !== true ? undefined : value);
  return equal(nothing(before.value), nothing(after.value));
}

function change(path: readonly PathPart[], before: Side, after: Side): FieldChange {
  return {
    path,
    before: shown(shown(before.value, before.sensitive), after.sensitive),
    after: shown(shown(after.value, before.sensitive), after.sensitive, after.unknown),
  };
}

/** Nothing of it is told but that it differs. */
function compareHidden(path: readonly PathPart[], before: Side, after: Side, found: FieldChange[]): void {
  const stays = !isSomewhere(after.unknown) && equal(before.value ?? null, after.value ?? null);
  if (stays && isWhole(before.sensitive) === isWhole(after.sensitive)) return;
  const stand = ({ value, unknown }: Side): unknown => {
    if (isWhole(unknown)) return UNKNOWN;
    return value === undefined || value === null ? undefined : SENSITIVE;
  };
  found.push({ path, before: stand(before), after: stand(after) });
}

function compareTexts(path: readonly PathPart[], before: Side, after: Side, found: FieldChange[]): void {
  if (before.value === after.value) return;
  const [was, is] = [structureOf(String(before.value)), structureOf(String(after.value))];
  const until = found.length;
  if (was !== undefined && is !== undefined && Array.isArray(was) === Array.isArray(is)) {
    const text = { sensitive: false, isText: true };
    compare(path, { ...text, value: was }, { ...text, value: is }, found);
  }
  if (found.length === until) found.push(change(path, before, after));
}

function part(side: Side, key: number | string): Side {
  const { value, sensitive, unknown, isText } = side;
  const own = Object.hasOwn(value as object, key);
  return {
    value: own ? (value as Readonly<Record<number | string, unknown>>)[key] : undefined,
    sensitive: maskOf(sensitive, key),
    unknown: maskOf(unknown, key),
    ...(isText === true && { isText }),
  };
}

function compareFields(path: readonly PathPart[], before: Side, after: Side, found: FieldChange[]): void {
  const seen = new Set<string>();
  const keys = [...Object.keys(after.value as Fields), ...Object.keys(before.value as Fields)];
  for (const key of [...keys, ...maskedKeys(after.unknown)]) {
    if (seen.has(key)) continue;
    seen.add(key);
    const [was, is] = [part(before, key), part(after, key)];
    if (!stays(was, is)) compare([...path, key], was, is, found);
  }
}

/** Whether a part is the same on both sides, with nothing that is sensitive or not known: of most there is no more to say. */
function stays(was: Side, is: Side): boolean {
  return (
    equal(was.value, is.value) && !isSomewhere(is.unknown) && !isSomewhere(was.sensitive) && !isSomewhere(is.sensitive)
  );
}

const NOTHING: Side = { value: undefined, sensitive: false };

function compareLists(path: readonly PathPart[], before: Side, after: Side, found: FieldChange[]): void {
  const hides = hiddenKeys(before, after);
  const { unequal, order } = pairs(members(before, hides), members(after, hides));
  for (const { from, to, name } of unequal) {
    const here: PathPart = name !== undefined ? { name } : (to ?? { was: from ?? 0 });
    const [was, is] = [from === undefined ? NOTHING : part(before, from), to === undefined ? NOTHING : part(after, to)];
    // What comes or goes may be marked on the other side alone, where it has no place.
    const alone = from === undefined || to === undefined ? hides : undefined;
    compare([...path, here], withMark(was, alone), withMark(is, alone), found);
  }
  if (order !== undefined) found.push({ path, before: undefined, after: undefined, order });
}

/** Keys that are sensitive in some member of either list, as a mask of a member: all of it, where a whole one is. */
function hiddenKeys(before: Side, after: Side): Mask {
  const keys: Record<string, Mask> = {};
  for (const { value, sensitive } of [before, after]) {
    if (!isSomewhere(sensitive)) continue;
    for (let index = 0; index < (value as readonly unknown[]).length; index++) {
      const mask = maskOf(sensitive, index);
      if (isWhole(mask)) return true;
      for (const key of maskedKeys(mask)) if (isSomewhere(maskOf(mask, key))) keys[key] = true;
    }
  }
  return Object.keys(keys).length === 0 ? undefined : keys;
}

function withMark(side: Side, hides: Mask): Side {
  if (hides === undefined || side.value === undefined) return side;
  if (isWhole(hides) || isWhole(side.sensitive)) return { ...side, sensitive: true };
  const own = Object.fromEntries(maskedKeys(side.sensitive).map((key) => [key, maskOf(side.sensitive, key)]));
  return { ...side, sensitive: { ...own, ...(hides as Readonly<Record<string, Mask>>) } };
}

/** Members as they are told apart. One with something that is sensitive or not known is equal to none. */
function members({ value, sensitive, unknown }: Side, hides: Mask): Member[] {
  return (value as readonly unknown[]).map((one, index) => {
    const masks = [maskOf(sensitive, index), maskOf(unknown, index)];
    return {
      value: one,
      isMarked: masks.some(isSomewhere),
      isHidden: (key) => isSomewhere(maskOf(hides, key)) || masks.some((mask) => isSomewhere(maskOf(mask, key))),
    };
  });
}
