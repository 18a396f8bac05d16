import { canonicalText } from "./canonical-text";
import { equal } from "./equal";

/** Two members of two lists that are the same thing, by their indexes; one is absent where it is new or gone. */
export interface Pair {
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** Name of the thing, where it has one. */
  readonly name?: string;
}

/**
 * Finds which members of two lists belong together: those that are equal, wherever they are; those of one name; then what has
 * no name, one after another. The engines write sets as lists, in which one member more moves all that are behind it.
 *
 * @returns pairs of what is not equal, and whether equal ones have another order
 */
export function pairs(
  before: readonly unknown[],
  after: readonly unknown[],
): { readonly unequal: readonly Pair[]; readonly isReordered: boolean } {
  const { left, order } = withoutEqual(before, after);
  const from = byName(before, left.from);
  const to = byName(after, left.to);
  const named = [...new Set([...to.names.keys(), ...from.names.keys()])].map((name): Pair => ({
    from: from.names.get(name),
    to: to.names.get(name),
    name,
  }));
  const others = Array.from({ length: Math.max(from.others.length, to.others.length) }, (_, index): Pair => ({
    from: from.others[index],
    to: to.others[index],
  }));
  return {
    unequal: [...named, ...others],
    isReordered: order.some((index, at) => index < (order[at - 1] ?? index)),
  };
}

interface Left {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/**
 * Equal members at both ends are soon found. In between texts tell which are equal.
 *
 * @returns `order`, which has for each member of the second list that the first has too its place there
 */
function withoutEqual(
  before: readonly unknown[],
  after: readonly unknown[],
): { readonly left: Left; readonly order: readonly number[] } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && equal(before[start], after[start])) start++;
  let end = 0;
  while (end < shorter - start && equal(before.at(-1 - end), after.at(-1 - end))) end++;
  const order = Array.from({ length: start }, (_, index) => index);
  const [ofBefore, ofAfter] = [before, after].map(({ length }) =>
    Array.from({ length: length - end - start }, (_, index) => start + index),
  ) as [number[], number[]];
  const rest = Array.from({ length: end }, (_, index) => before.length - end + index);
  // One of each: they are not equal, and the text of one may be that of half a plan.
  if (ofBefore.length <= 1 && ofAfter.length <= 1)
    return { left: { from: ofBefore, to: ofAfter }, order: [...order, ...rest] };
  const places = new Map<string, number[]>();
  for (const index of ofBefore) {
    const text = canonicalText(before[index]);
    const known = places.get(text);
    if (known === undefined) places.set(text, [index]);
    else known.push(index);
  }
  const to: number[] = [];
  for (const index of ofAfter) {
    const place = places.get(canonicalText(after[index]))?.shift();
    if (place === undefined) to.push(index);
    else order.push(place);
  }
  return { left: { from: [...places.values()].flat().sort((a, b) => a - b), to }, order: [...order, ...rest] };
}

/** Members at these places by their names. Those without one are others, and of a name that several in the list have. */
function byName(list: readonly unknown[], indexes: readonly number[]) {
  const counts = new Map<string, number>();
  for (const name of list.map(nameOf)) if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  const names = new Map<string, number>();
  const others: number[] = [];
  for (const index of indexes) {
    const name = nameOf(list[index]);
    if (name !== undefined && counts.get(name) === 1) names.set(name, index);
    else others.push(index);
  }
  return { names, others };
}

/** Arguments that tell a member from the others: of containers and variables, of parameters, of tags. */
const NAMES = ["name", "key", "id"] as const;

function nameOf(member: unknown): string | undefined {
  if (typeof member !== "object" || member === null) return undefined;
  const fields = member as Readonly<Record<string, unknown>>;
  return NAMES.map((key) => fields[key]).find((name): name is string => typeof name === "string" && name !== "");
}
