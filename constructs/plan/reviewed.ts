import { createHash } from "node:crypto";
import { canonicalText } from "./canonical-text";
import { formatFieldPath } from "./field-path";
import { type FieldChange, fieldChanges } from "./fields";
import { NotAPlan } from "./not-a-plan";
import { type Kind, type Plan, type ResourceChange, type ValueChange } from "./plan";
import { UNKNOWN } from "./shown";

/*
 * What of a plan has to be the same when it is made anew for the apply, and the digest of it. It holds no sensitive value:
 * the digest is public, and whoever guesses a password could make sure of it.
 */

/** What a plan does, without what may differ between two plans that do the same. */
export interface Reviewed {
  readonly resources: Readonly<Record<string, ReviewedResource>>;
  readonly outputs: Readonly<Record<string, ReviewedChange>>;
  /** Whether it does all that is asked for: not where resources were targeted, or some are for a later plan. */
  readonly isComplete: boolean;
}

export interface ReviewedChange {
  readonly kind: Kind;
  /** The engine's words: a replacement may leave the old one where it is. */
  readonly actions: readonly string[];
  /** Differences by path: each path is there once. */
  readonly fields: Readonly<Record<string, ReviewedField>>;
}

export interface ReviewedResource extends ReviewedChange {
  readonly type: string;
  readonly provider: string;
  /** Address that the state has it at, if that is another. */
  readonly was?: string;
  /** Id that it is imported by, or its identity. */
  readonly importedBy?: unknown;
  readonly reason?: string;
  readonly replacedBy?: readonly string[];
  readonly isDeferred?: true;
  /** Whether others changed it, and the apply only writes down what it is. */
  readonly isDrift?: true;
}

/** `from` is left out where only the apply tells what it will be: the provider computes it, and nobody chose what it was. */
export interface ReviewedField {
  readonly from?: unknown;
  readonly to?: unknown;
  /** Places that members of a list come from, where they are not where they were. */
  readonly order?: readonly (number | null)[];
}

/**
 * Takes from a plan what is reviewed: what becomes of each resource and output, and which arguments change from what to what.
 * Left out are what is only read or stays, drift that the plan does not act on, when and by which release of the engine it
 * was made, and the order of resources and keys. Of a sensitive value it is told that it changes, not what it is.
 */
export function reviewed(plan: Plan): Reviewed {
  const { changes, deferred, outputs, isComplete } = plan;
  return {
    resources: byKey([
      ...changes.filter(acts).map((change) => [keyOf(change), resource(change)] as const),
      ...deferred
        .map(({ change }) => change)
        .filter(({ isData }) => !isData)
        .map((change) => [`${keyOf(change)} (deferred)`, { ...resource(change), isDeferred: true }] as const),
      ...driftOf(plan).map((change) => [`${keyOf(change)} (drift)`, { ...resource(change), isDrift: true }] as const),
    ]),
    outputs: byKey(
      Object.entries(outputs)
        .filter(([, { kind }]) => kind !== "no-op")
        .map(([name, output]) => [name, whatChanges(output)]),
    ),
    isComplete,
  };
}

/** What is written into the state by a plan that does nothing else: one that was made to refresh it. */
function driftOf({ changes, outputs, drift, isApplyable }: Plan): readonly ResourceChange[] {
  const isIdle = !changes.some(acts) && Object.values(outputs).every(({ kind }) => kind === "no-op");
  return isIdle && isApplyable !== false ? drift : [];
}

/**
 * An object with any names: `__proto__` and `constructor` too.
 *
 * @throws NotAPlan where one stands there twice
 */
function byKey<T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> {
  const found = new Map<string, T>();
  for (const [key, value] of entries) {
    if (found.has(key)) throw new NotAPlan(`says two things of ${key}; plan again, by one release of the engine`);
    found.set(key, value);
  }
  return Object.fromEntries(found);
}

/** SHA-256 of what is reviewed, in hexadecimal: of all stacks, by their names. */
export const reviewedDigest = (stacks: Readonly<Record<string, Reviewed>>): string =>
  createHash("sha256").update(canonicalText(stacks)).digest("hex");

/** Whether an apply does something for it: to a resource, or to where the state has it. */
export function acts({ kind, isData, previousAddress, importing, written }: ResourceChange): boolean {
  const isTold = previousAddress !== undefined || importing !== undefined || written?.isOnlyTold === true;
  return !isData && (kind !== "no-op" || isTold);
}

function keyOf({ address, deposed }: ResourceChange): string {
  return deposed === undefined ? address : `${address} (deposed ${deposed})`;
}

function resource(change: ResourceChange): ReviewedResource {
  const { type, provider, previousAddress, importing, reason, replacePaths } = change;
  return {
    ...whatChanges(change),
    type,
    provider,
    ...(previousAddress !== undefined && { was: previousAddress }),
    ...(importing !== undefined && { importedBy: importing.id ?? importing.identity ?? UNKNOWN }),
    ...(reason !== undefined && { reason }),
    ...(replacePaths.length > 0 && { replacedBy: replacePaths.map(formatFieldPath).sort() }),
  };
}

function whatChanges(change: ValueChange): ReviewedChange {
  const { kind, actions } = change;
  // Of what goes nothing is chosen any more.
  const fields = kind === "delete" || kind === "forget" ? [] : fieldChanges(change);
  return { kind, actions, fields: byKey(fields.map((one) => [keyOfField(one), field(one)])) };
}

function keyOfField({ path, order }: FieldChange): string {
  return order === undefined ? formatFieldPath(path) : `${formatFieldPath(path)} (order)`;
}

function field({ before, after, order }: FieldChange): ReviewedField {
  if (order !== undefined) return { order };
  return { ...(after !== UNKNOWN && { from: before ?? null }), to: after ?? null };
}
