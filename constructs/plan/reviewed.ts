import { createHash } from "node:crypto";
import { canonicalText } from "./canonical-text";
import { formatFieldPath } from "./field-path";
import { type FieldChange, fieldChanges } from "./fields";
import { createsFirst, type Kind, type Plan, type ResourceChange, type ValueChange } from "./plan";
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
  /** The engine's words, where they are none that is known here. */
  readonly actions?: readonly string[];
  readonly fields: Readonly<Record<string, ReviewedField>>;
}

export interface ReviewedResource extends ReviewedChange {
  readonly type: string;
  readonly provider: string;
  /** Address that the state has it at, if that is another. */
  readonly was?: string;
  readonly importedBy?: string;
  /** Whether a replacement is there before the old one goes. */
  readonly createsFirst?: boolean;
  readonly reason?: string;
  readonly replacedBy?: readonly string[];
  readonly isDeferred?: true;
}

/** `from` is left out where only the apply tells what it will be: the provider computes it, and nobody chose what it was. */
export interface ReviewedField {
  readonly from?: unknown;
  readonly to?: unknown;
  /** Members of a list of which only the order differs. */
  readonly reordered?: number;
}

/**
 * Takes from a plan what is reviewed: what becomes of each resource and output, and which arguments change from what to what.
 * Left out are what is only read or stays, drift that the plan does not act on, when and by which release of the engine it
 * was made, and the order of resources and keys. Of a sensitive value it is told that it changes, not what it is.
 */
export function reviewed({ changes, deferred, outputs, isComplete }: Plan): Reviewed {
  const resources = [
    ...changes.filter(acts).map((change) => [keyOf(change), resource(change)] as const),
    ...deferred.map(({ change }) => [keyOf(change), { ...resource(change), isDeferred: true }] as const),
  ];
  return {
    resources: Object.fromEntries(resources),
    outputs: Object.fromEntries(
      Object.entries(outputs)
        .filter(([, { kind }]) => kind !== "no-op")
        .map(([name, output]) => [name, whatChanges(output)]),
    ),
    isComplete,
  };
}

/** SHA-256 of what is reviewed, in hexadecimal: of all stacks, by their names. */
export const reviewedDigest = (stacks: Readonly<Record<string, Reviewed>>): string =>
  createHash("sha256").update(canonicalText(stacks)).digest("hex");

/** Whether an apply does something for it: to a resource, or to where the state has it. */
export function acts({ kind, isData, previousAddress, importing }: ResourceChange): boolean {
  return !isData && (kind !== "no-op" || previousAddress !== undefined || importing !== undefined);
}

function keyOf({ address, deposed }: ResourceChange): string {
  return deposed === undefined ? address : `${address} (deposed ${deposed})`;
}

function resource(change: ResourceChange): ReviewedResource {
  const { type, provider, previousAddress, importing, reason, replacePaths, kind } = change;
  return {
    ...whatChanges(change),
    type,
    provider,
    ...(previousAddress !== undefined && { was: previousAddress }),
    ...(importing !== undefined && { importedBy: importing.id ?? String(UNKNOWN) }),
    ...(kind === "replace" && { createsFirst: createsFirst(change) }),
    ...(reason !== undefined && { reason }),
    ...(replacePaths.length > 0 && { replacedBy: replacePaths.map(formatFieldPath).sort() }),
  };
}

function whatChanges(change: ValueChange): ReviewedChange {
  const { kind, actions } = change;
  // Of what goes nothing is chosen any more.
  const fields = kind === "delete" || kind === "forget" ? [] : fieldChanges(change);
  return {
    kind,
    ...((kind === "other" || actions.includes("forget")) && { actions }),
    fields: Object.fromEntries(fields.map((one) => [formatFieldPath(one.path), field(one)])),
  };
}

function field({ before, after, reordered }: FieldChange): ReviewedField {
  if (reordered !== undefined) return { reordered };
  return { ...(after !== UNKNOWN && { from: before ?? null }), to: after ?? null };
}
