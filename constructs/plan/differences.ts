import { own } from "../model/own";
import { canonicalText } from "./canonical-text";
import type { Reviewed, ReviewedChange, ReviewedField, ReviewedResource } from "./reviewed";

/** A way in which a plan is not the one that was reviewed. */
export interface Difference {
  /** Address of the resource, or `output.<name>`; none where it is of the whole plan. */
  readonly address?: string;
  /** What was reviewed and what is planned now, in a sentence without a full stop. */
  readonly says: string;
}

/** All in which a plan that was made now differs from the one that was reviewed, in the order of addresses. */
export function differences(before: Reviewed, now: Reviewed): Difference[] {
  const complete = (plan: Reviewed): string => (plan.isComplete ? "all that is asked for" : "only a part of it");
  return [
    ...(before.isComplete === now.isComplete
      ? []
      : [{ says: `was reviewed to do ${complete(before)}, and does ${complete(now)}` }]),
    ...compared(before.resources, now.resources, (name) => name, resourceDifferences),
    ...compared(before.outputs, now.outputs, (name) => `output.${name}`, changeDifferences),
  ];
}

function compared<T extends ReviewedChange>(
  before: Readonly<Record<string, T>>,
  now: Readonly<Record<string, T>>,
  address: (key: string) => string,
  both: (was: T, is: T) => string[],
): Difference[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
  return keys.flatMap((key) => {
    const [was, is] = [own(before, key), own(now, key)];
    return says(was, is, both).map((one) => ({ address: address(key), says: one }));
  });
}

function says<T extends ReviewedChange>(
  was: T | undefined,
  is: T | undefined,
  both: (was: T, is: T) => string[],
): string[] {
  if (was === undefined) return is === undefined ? [] : [`nobody reviewed that it is to be ${wordOf(is)}`];
  if (is === undefined) return [`was reviewed to be ${wordOf(was)}, and nothing is planned for it any more`];
  return both(was, is);
}

const WORDS: Readonly<Record<ReviewedChange["kind"], string>> = {
  "no-op": "left as it is",
  create: "created",
  delete: "deleted",
  forget: "forgotten",
  other: "changed in a way that is not known here",
  read: "read",
  replace: "replaced",
  update: "changed in place",
};

/** Words for the ways in which a resource is replaced, by the engine's actions. */
export const HOW: Readonly<Record<string, string>> = {
  "create,delete": "replaced, the new one before the old one goes",
  "delete,create": "replaced, the old one first",
  "create,forget": "replaced, and the old one left to nobody",
};

/** What becomes of it, after "to be". */
export function wordOf({ kind }: ReviewedChange): string {
  return WORDS[kind];
}

/** More of it than two that are alike need. */
function exactly({ kind, actions }: ReviewedChange): string {
  const key = actions.join(",");
  return Object.hasOwn(HOW, key) ? (HOW[key] ?? "") : WORDS[kind];
}

function changeDifferences(was: ReviewedChange, is: ReviewedChange): string[] {
  if (was.kind !== is.kind) return [`was reviewed to be ${wordOf(was)}, and is to be ${wordOf(is)}`];
  const how =
    was.actions.join() === is.actions.join() ? [] : [`was reviewed to be ${exactly(was)}, and is to be ${exactly(is)}`];
  const paths = [...new Set([...Object.keys(was.fields), ...Object.keys(is.fields)])].sort();
  return [
    ...how,
    ...paths.flatMap((path) =>
      fieldDifference(path === "" ? "value" : path, own(was.fields, path), own(is.fields, path)),
    ),
  ];
}

function fieldDifference(path: string, was: ReviewedField | undefined, is: ReviewedField | undefined): string[] {
  if (canonicalText(was) === canonicalText(is)) return [];
  if (was === undefined) return [`${path}: nobody reviewed that it changes, ${fromTo(is)}`];
  if (is === undefined) return [`${path}: was reviewed to change, ${fromTo(was)}, and stays as it is`];
  const [before, now] = cut(fromTo(was, Infinity), fromTo(is, Infinity));
  return [`${path}: was reviewed to change ${before}, and is to change ${now}`];
}

/** Longest text of one value. */
const LONGEST = 80;

function fromTo(field: ReviewedField | undefined, longest = LONGEST): string {
  if (field?.order !== undefined) return `by order, to members that were at ${JSON.stringify(field.order)}`;
  const text = (value: unknown): string => {
    const all = canonicalText(value);
    return all.length > longest ? `${all.slice(0, longest)}…` : all;
  };
  if (field === undefined || !("from" in field)) return `to ${text(field?.to)}`;
  return `from ${text(field.from)} to ${text(field.to)}`;
}

/** Two long texts around the first place at which they differ. */
function cut(one: string, other: string): readonly [string, string] {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  const begin = at > LONGEST * 2 ? at - LONGEST : 0;
  const around = (text: string): string => {
    const part = text.slice(begin, at + LONGEST * 2);
    return `${begin > 0 ? "…" : ""}${part}${begin + part.length < text.length ? "…" : ""}`;
  };
  return [around(one), around(other)];
}

const OTHER: readonly (readonly [keyof ReviewedResource, string])[] = [
  ["type", "type"],
  ["provider", "provider"],
  ["was", "former address"],
  ["importedBy", "identity that it is imported by"],
  ["reason", "reason"],
  ["replacedBy", "arguments that ask for another one"],
];

function resourceDifferences(was: ReviewedResource, is: ReviewedResource): string[] {
  const others = OTHER.filter(([key]) => canonicalText(was[key]) !== canonicalText(is[key])).map(
    ([key, words]) => `${words}: was reviewed as ${canonicalText(was[key])}, and is ${canonicalText(is[key])}`,
  );
  return [...changeDifferences(was, is), ...others];
}
