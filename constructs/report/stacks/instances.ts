import { type Fields, isFields } from "../../plan/object";
import { hasExpression } from "../expressions";
import { at } from "../read";

/** A resource that is there once for each key. */
interface Instance {
  /** Key as it stands in the address: `["a"]`, `[0]`, or nothing. */
  readonly key: string;
  readonly values: Fields;
  readonly repeatedBy?: string;
  /** Value that `each.value` is. */
  readonly told?: unknown;
}

/** A set of texts that are written out. */
const SET = /^\$\{toset\((\[.*\])\)\}$/s;

/** Most instances that are compared one by one. */
const MOST = 10_000;

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** The instances of a resource, as far as what repeats it is written out; else one, which says by what. */
export function instancesOf(resource: Fields): Instance[] {
  const { count, for_each: each } = resource;
  if (each !== undefined && each !== null) {
    const members = membersOf(each);
    if (members === undefined) return [{ key: "", values: resource, repeatedBy: textOf(each) }];
    return members.map(([name, value]) => ({
      key: `[${JSON.stringify(name)}]`,
      values: filledIn(resource, { "${each.key}": name, ...(typeof value === "string" && { "${each.value}": value }) }, value),
      told: value,
    }));
  }
  if (count === undefined || count === null) return [{ key: "", values: resource }];
  const number = typeof count === "string" && /^\d+$/.test(count) ? Number(count) : count;
  if (typeof number !== "number") return [{ key: "", values: resource, repeatedBy: textOf(count) }];
  return Array.from({ length: Math.min(number, MOST) }, (_, index) => ({
    key: `[${index}]`,
    values: filledIn(resource, { "${count.index}": String(index) }),
  }));
}

function membersOf(each: unknown): (readonly [string, unknown])[] | undefined {
  if (isFields(each)) return Object.entries(each);
  const [, list] = (typeof each === "string" ? SET.exec(each) : null) ?? [];
  if (list === undefined) return undefined;
  try {
    const members: unknown = JSON.parse(list);
    const isPlain = Array.isArray(members) && members.every((one) => typeof one === "string" && !hasExpression(one));
    return isPlain ? [...new Set(members as string[])].map((one) => [one, one] as const) : undefined;
  } catch {
    return undefined;
  }
}

/** A text that is the instance's value, or a member of it. */
const MEMBER = /^\$\{each\.value((?:\.[A-Za-z_][\w-]*)*)\}$/;

/** What an instance is told by its key. What is made of its value otherwise stays as it is written. */
function filledIn(value: Fields, by: Readonly<Record<string, string>>, told?: unknown): Fields {
  const fill = (one: unknown): unknown => {
    if (typeof one === "string") {
      const [, path] = MEMBER.exec(one) ?? [];
      const member = path === undefined ? undefined : at(told, ...path.split(".").slice(1));
      if (member !== undefined) return member;
    }
    if (typeof one === "string") return Object.entries(by).reduce((text, [from, to]) => text.replaceAll(from, () => to), one);
    if (Array.isArray(one)) return one.map(fill);
    return isFields(one) ? Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, fill(inner)])) : one;
  };
  return fill(value) as Fields;
}
