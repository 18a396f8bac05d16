import { canonicalText } from "./canonical-text";
import { equal } from "./equal";

/** A member of a list. */
export interface Member {
  readonly value: unknown;
  /** Whether something of it is sensitive or not known: it is equal to no other. */
  readonly isMarked: boolean;
  /** Whether an argument is: nobody is to be called by it. */
  readonly isHidden: (key: string) => boolean;
}

/** Two members of two lists that are the same thing, by their indexes; one is absent where it is new or gone. */
export interface Pair {
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** Name of the thing, where it has one. */
  readonly name?: string;
}

export interface Paired {
  /** Pairs of what is not equal. */
  readonly unequal: readonly Pair[];
  /** Places that the members of the second list come from, `null` for new ones; absent where each is where it was. */
  readonly order?: readonly (number | null)[];
}

/**
 * Finds which members of two lists belong together: those that are equal, wherever they are; those of one name; then what has
 * no name, one after another. The engines write sets as lists, in which one member more moves all that are behind it.
 */
export function pairs(before: readonly Member[], after: readonly Member[]): Paired {
  const { left, origins } = withoutEqual(before, after);
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
  const unequal = [...named, ...others];
  for (const pair of unequal) if (pair.to !== undefined && pair.from !== undefined) origins.set(pair.to, pair.from);
  const order = after.map((_, index) => origins.get(index) ?? null);
  const isMoved = order.some((origin, index) => origin !== null && origin !== index);
  // An index tells a place, and so does the end where one alone is new there.
  const nameless = unequal.filter(({ from: was, name }) => was === undefined && name !== undefined);
  return { unequal, ...((isMoved || nameless.length > 1) && { order }) };
}

interface Left {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** Equal members at both ends are soon found. In between texts tell which are equal. */
function withoutEqual(
  before: readonly Member[],
  after: readonly Member[],
): { readonly left: Left; readonly origins: Map<number, number> } {
  const isEqual = (one: Member | undefined, other: Member | undefined): boolean =>
    one?.isMarked === false && other?.isMarked === false && equal(one.value, other.value);
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && isEqual(before[start], after[start])) start++;
  let end = 0;
  while (end < shorter - start && isEqual(before.at(-1 - end), after.at(-1 - end))) end++;
  const origins = new Map<number, number>();
  for (let index = 0; index < start; index++) origins.set(index, index);
  for (let index = 1; index <= end; index++) origins.set(after.length - index, before.length - index);
  const [from, to] = [before, after].map(({ length }) =>
    Array.from({ length: length - end - start }, (_, index) => start + index),
  ) as [number[], number[]];
  // One of each: they are not equal, and the text of one may be that of half a plan.
  if (from.length <= 1 && to.length <= 1) return { left: { from, to }, origins };
  const places = new Map<string, number[]>();
  const textAt = (list: readonly Member[], index: number): string | undefined =>
    list[index]?.isMarked === false ? canonicalText(list[index].value) : undefined;
  for (const index of from) {
    const text = textAt(before, index);
    if (text === undefined) continue;
    const known = places.get(text);
    if (known === undefined) places.set(text, [index]);
    else known.push(index);
  }
  // The first of those that are alike is the first again.
  for (const alike of places.values()) alike.reverse();
  for (const index of to) {
    const text = textAt(after, index);
    const place = text === undefined ? undefined : places.get(text)?.pop();
    if (place !== undefined) origins.set(index, place);
  }
  const taken = new Set(origins.values());
  return {
    left: { from: from.filter((index) => !taken.has(index)), to: to.filter((index) => !origins.has(index)) },
    origins,
  };
}

/** Members at these places by their names. Those without one are others, and of a name that several in the list have. */
function byName(list: readonly Member[], indexes: readonly number[]) {
  const counts = new Map<string, number>();
  for (const name of list.map(nameOf)) if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  const names = new Map<string, number>();
  const others: number[] = [];
  for (const index of indexes) {
    const member = list[index];
    const name = member && nameOf(member);
    if (name !== undefined && counts.get(name) === 1) names.set(name, index);
    else others.push(index);
  }
  return { names, others };
}

/** Arguments that tell a member from the others: of containers and variables, of parameters, of tags. */
const NAMES = ["name", "key", "id"] as const;

function nameOf({ value, isHidden }: Member): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const fields = value as Readonly<Record<string, unknown>>;
  const key = NAMES.find((one) => typeof fields[one] === "string" && fields[one] !== "" && !isHidden(one));
  return key === undefined ? undefined : (fields[key] as string);
}
