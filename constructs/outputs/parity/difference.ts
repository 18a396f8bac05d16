/*
 * Two outputs of one model, compared. What is not the same has a name and a reason in a list, or is a mistake; and what is
 * in the list is in use, or is one too.
 */

/** One thing that is not the same on both sides. */
export interface Difference {
  /** Where it is: a workload, an object. */
  readonly subject: string;
  /** `variable DATABASE_URL`. Empty: all of it. */
  readonly what: string;
  /** How it is on the one side and on the other. @default - it is not there; on neither: that is all there is to say */
  readonly one?: string;
  readonly other?: string;
}

export interface KnownDifference<D extends Difference> {
  readonly name: string;
  /** Why it is right so. One sentence. */
  readonly reason: string;
  readonly covers: (difference: D) => boolean;
  /** Whether the reference application has nothing that would show it, as what it is about is optional. @default false */
  readonly notInReference?: boolean;
}

/** Everything that two sides differ in. */
export interface Comparison<D extends Difference> {
  /** `staging` */
  readonly title: string;
  /** How many things were looked at: none would be a comparison of nothing. */
  readonly compared: number;
  readonly differences: readonly D[];
}

export interface Verdict<D extends Difference> {
  readonly known: readonly (KnownDifference<D> & { readonly found: readonly InComparison<D>[] })[];
  /** Differences without a name. */
  readonly unknown: readonly InComparison<D>[];
  /** Names of what nothing is any more. */
  readonly stale: readonly string[];
}

export type InComparison<D extends Difference> = D & { readonly comparison: string };

/** Each difference belongs to the first that covers it. */
export function judge<D extends Difference>(
  comparisons: readonly Comparison<D>[],
  known: readonly KnownDifference<D>[],
): Verdict<D> {
  const all = comparisons.flatMap(({ title, differences }) =>
    differences.map((difference): InComparison<D> => ({ ...difference, comparison: title })),
  );
  const owner = (difference: D) => known.find(({ covers }) => covers(difference));
  const judged = known.map((one) => ({ ...one, found: all.filter((difference) => owner(difference) === one) }));
  return {
    known: judged,
    unknown: all.filter((difference) => owner(difference) === undefined),
    stale: judged
      .filter(({ found, notInReference = false }) => found.length === 0 && !notInReference)
      .map(({ name }) => name),
  };
}
