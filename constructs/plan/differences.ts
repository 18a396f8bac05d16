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
    const [was, is] = [before[key], now[key]];
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

function wordOf({ kind, actions }: ReviewedChange): string {
  return kind === "other" && actions !== undefined ? `${WORDS.other} (${actions.join(", ")})` : WORDS[kind];
}

function changeDifferences(was: ReviewedChange, is: ReviewedChange): string[] {
  if (wordOf(was) !== wordOf(is)) return [`was reviewed to be ${wordOf(was)}, and is to be ${wordOf(is)}`];
  const paths = [...new Set([...Object.keys(was.fields), ...Object.keys(is.fields)])].sort();
  return paths.flatMap((path) => fieldDifference(path === "" ? "value" : path, was.fields[path], is.fields[path]));
}

function fieldDifference(path: string, was: ReviewedField | undefined, is: ReviewedField | undefined): string[] {
  if (canonicalText(was) === canonicalText(is)) return [];
  if (was === undefined) return [`${path}: nobody reviewed that it changes, ${fromTo(is)}`];
  if (is === undefined) return [`${path}: was reviewed to change, ${fromTo(was)}, and stays as it is`];
  return [`${path}: was reviewed to change ${fromTo(was)}, and is to change ${fromTo(is)}`];
}

/** Longest text of a value; what is longer is cut, with its end left out. */
const LONGEST = 80;

function fromTo(field: ReviewedField | undefined): string {
  if (field?.reordered !== undefined) return `in the order of its ${field.reordered} members`;
  const text = (value: unknown): string => {
    const all = canonicalText(value);
    return all.length > LONGEST ? `${all.slice(0, LONGEST)}…` : all;
  };
  if (field === undefined || !("from" in field)) return `to ${text(field?.to)}`;
  return `from ${text(field.from)} to ${text(field.to)}`;
}

const OTHER: readonly (readonly [keyof ReviewedResource, string])[] = [
  ["type", "type"],
  ["provider", "provider"],
  ["was", "former address"],
  ["importedBy", "identity that it is imported by"],
  ["createsFirst", "whether the new one is there before the old one goes"],
  ["reason", "reason"],
  ["replacedBy", "arguments that ask for another one"],
  ["isDeferred", "whether it is for a later plan"],
];

function resourceDifferences(was: ReviewedResource, is: ReviewedResource): string[] {
  const changed = changeDifferences(was, is);
  const others = OTHER.filter(([key]) => canonicalText(was[key]) !== canonicalText(is[key])).map(
    ([key, words]) => `${words}: was reviewed as ${canonicalText(was[key])}, and is ${canonicalText(is[key])}`,
  );
  return [...changed, ...others];
}
