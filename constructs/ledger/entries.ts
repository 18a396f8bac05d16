import { sha256 } from "../model/sha256";
import { code, expression } from "../terraform/expression";
import { map } from "../terraform/expressions";

/** Something recorded: what it is called, what it is, and whether it may be deleted. */
export interface Entry {
  readonly state: "kept" | "released";
  readonly name: string;
  readonly kind: string;
}

/** Fields of an entry's text, in the order in which they stand in it. */
const FIELD = { state: 0, name: 1, kind: 2, place: 3 } as const;

/** Separator between the entries of one bucket. No field has a comma or a space. */
const SEPARATOR = ", ";

/** Every key that the record can have. */
const BUCKETS: readonly string[] = Array.from({ length: 256 }, (_, bucket) => bucket.toString(16).padStart(2, "0"));

export const bucketOf = (text: string): string => sha256(text).slice(0, 2);

/** The buckets as a map of Terraform's. It is never empty: an empty one would have no type. */
export const bucketMap = (buckets: Readonly<Record<string, string>>): string =>
  expression`tomap(${code(map({ format: "1", ...buckets }))})`;

/** What a record leaves as the state has it: all buckets but those that it writes. */
export const leftAlone = (isWritten: (bucket: string) => boolean): string[] =>
  BUCKETS.filter((bucket) => !isWritten(bucket)).map((bucket) => `input["${bucket}"]`);

/** `aws/222222222222/eu-central-1/production/my-app-prod/events`: the same name elsewhere is something else. */
export const identityOf = (place: string, { name }: Pick<Entry, "name">): string => `${place}/${name}`;

/**
 * Entries as the values of a map, under a bucket of their name and place. A plan keeps what the state has under a key that it
 * is told to ignore, and it has to be told by key: what is gone from the model is nobody's name any more, but one of these
 * 256 numbers it still is. Two that share one are written together.
 */
export function bucketsOf(place: string, entries: readonly Entry[]): Readonly<Record<string, string>> {
  const buckets = new Map<string, string[]>();
  for (const entry of entries) {
    const bucket = bucketOf(identityOf(place, entry));
    buckets.set(bucket, [...(buckets.get(bucket) ?? []), `${entry.state} ${entry.name} ${entry.kind} ${place}`]);
  }
  const sorted = [...buckets].sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(sorted.map(([bucket, texts]) => [bucket, texts.sort().join(SEPARATOR)]));
}

/** Expression on the record: the fields of each entry that is recorded as kept. */
const KEPT_ENTRIES =
  `[for entry in flatten([for bucket in values(self.input) : split("${SEPARATOR}", bucket)]) : ` +
  `split(" ", entry) if startswith(entry, "kept ")]`;

/** What comes of each kept entry that `condition` holds for, as an expression; in both, `entry` has its fields. */
export const keptWhere = (condition: string, value: string): string =>
  `[for entry in ${KEPT_ENTRIES} : ${value} if ${condition}]`;

/** A field of `entry` in such an expression. */
export const field = (name: keyof typeof FIELD): string => `entry[${FIELD[name]}]`;
