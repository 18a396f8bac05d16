/* What of a cluster is asked before anything is swept, as `kubectl` prints it. */

/** What the sweeper reads of an object. */
export interface FoundObject {
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** RFC 3339. */
  readonly created: string;
  /** Whether it is being deleted. */
  readonly going: boolean;
  /** What its namespace's controller says of what is left in it. Empty: nothing. */
  readonly left: readonly string[];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const textIn = (value: unknown): string => (typeof value === "string" ? value : "");

function texts(value: unknown): Readonly<Record<string, string>> {
  const pairs = Object.entries(isRecord(value) ? value : {});
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => typeof pair[1] === "string"));
}

/**
 * Reads an object.
 *
 * @throws Error where it has no name
 */
export function readObject(value: unknown): FoundObject {
  const given = isRecord(value) ? value : {};
  const metadata = isRecord(given.metadata) ? given.metadata : {};
  const status = isRecord(given.status) ? given.status : {};
  const name = textIn(metadata.name);
  if (name === "") throw new Error("an object without a name");
  return {
    name,
    uid: textIn(metadata.uid),
    resourceVersion: textIn(metadata.resourceVersion),
    labels: texts(metadata.labels),
    annotations: texts(metadata.annotations),
    created: textIn(metadata.creationTimestamp),
    going: metadata.deletionTimestamp !== undefined,
    left: leftIn(status.conditions),
  };
}

/** Conditions of a namespace that say why it is not gone. */
const LEFT: readonly unknown[] = [
  "NamespaceContentRemaining",
  "NamespaceDeletionContentFailure",
  "NamespaceDeletionDiscoveryFailure",
  "NamespaceFinalizersRemaining",
];

function leftIn(conditions: unknown): string[] {
  const all: readonly unknown[] = Array.isArray(conditions) ? conditions : [];
  return all.flatMap((one) =>
    isRecord(one) && LEFT.includes(one.type) && one.status === "True" ? [textIn(one.message)] : [],
  );
}

/**
 * Reads a list of objects, as `--output json` prints it.
 *
 * @throws Error where it is none
 */
export function readList(text: string): readonly FoundObject[] {
  const list: unknown = JSON.parse(text);
  if (!isRecord(list) || !Array.isArray(list.items)) throw new Error("no list of objects");
  return list.items.map(readObject);
}
