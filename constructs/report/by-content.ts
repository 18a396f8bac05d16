import { isFields } from "../plan/object";
import type { ResourceChange } from "../plan/plan";
import { factsOf, typeOf } from "./type-facts";

/** The key of an object that is named by a digest of its content. */
const BY_CONTENT = /^(?<address>.*)\["[0-9a-f]{8}"\]$/s;

/**
 * Puts an object that comes with another content together with the one that goes for it: they are one object to whoever reads
 * it, whose content changes. Types that hold data, or that are not known, are left as the engine tells them.
 */
export function pairedByContent(changes: readonly ResourceChange[]): ResourceChange[] {
  const pairs = new Map<string, Pair>();
  for (const change of changes) {
    const address = BY_CONTENT.exec(change.address)?.groups?.address;
    if (address === undefined || !isPlain(typeOf(change))) continue;
    const pair = pairs.get(address) ?? { comes: [], goes: [] };
    pairs.set(address, pair);
    if (change.kind === "create") pair.comes.push(change);
    if (change.kind === "delete") pair.goes.push(change);
  }
  const gone = new Map<ResourceChange, ResourceChange>();
  for (const { comes, goes } of pairs.values()) {
    const [one, other] = [comes[0], goes[0]];
    if (one !== undefined && other !== undefined && comes.length + goes.length === 2) gone.set(one, other);
  }
  const told = new Set(gone.values());
  return changes.flatMap((change) => {
    const before = gone.get(change);
    if (before !== undefined) return [together(before, change)];
    return told.has(change) ? [] : [change];
  });
}

interface Pair {
  readonly comes: ResourceChange[];
  readonly goes: ResourceChange[];
}

function isPlain(type: string): boolean {
  const facts = factsOf(type);
  return facts !== undefined && Object.keys(facts).length === 0;
}

/** Its name is its content's digest, so that its name says nothing. */
function together({ before, sensitiveBefore }: ResourceChange, after: ResourceChange): ResourceChange {
  const metadata = isFields(after.after) ? { metadata: after.after.metadata } : {};
  const was = isFields(before) ? { ...before, ...metadata } : before;
  return { ...after, kind: "replace", actions: ["create", "delete"], before: was, sensitiveBefore };
}
