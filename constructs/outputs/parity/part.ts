import { legible } from "../../rendering/placeholder";
import { type Comparison, type Difference, judge, type KnownDifference, type Verdict } from "./difference";

/** Two outputs that are compared. */
export interface Part {
  /** `Compose and the cluster` */
  readonly title: string;
  /** What the two sides are called. */
  readonly sides: readonly [one: string, other: string];
  readonly comparisons: readonly { readonly title: string; readonly compared: number }[];
  readonly verdict: Verdict<Difference>;
}

export const part = <D extends Difference>(
  head: Pick<Part, "title" | "sides">,
  comparisons: readonly Comparison<D>[],
  known: readonly KnownDifference<D>[],
): Part => {
  const { known: judged, unknown, stale } = judge(comparisons, known);
  // What covers a difference is asked no more: it knows more of it than is printed.
  return {
    ...head,
    comparisons,
    verdict: { known: judged.map((one) => ({ ...one, covers: () => false })), unknown, stale },
  };
};

/** What is wrong with it, a line for each. */
export function mistakes({ sides, comparisons, verdict }: Part): string[] {
  const empty = comparisons
    .filter(({ compared }) => compared === 0)
    .map(({ title }) => `${title}: nothing was compared`);
  return [
    ...(comparisons.length === 0 ? ["nothing was compared"] : empty),
    ...verdict.unknown.map(
      ({ comparison, ...difference }) =>
        `${comparison}: ${line(difference, sides)}; make them the same, or give the difference a name`,
    ),
  ];
}

/**
 * Names of differences that nothing shows, a line for each. The names are this package's, and an application need not have all
 * of them: it is a mistake for the reference application alone, which has one of everything.
 */
export const unused = ({ verdict }: Part): string[] =>
  verdict.stale.map((name) => `${name}: nothing differs by it any more; remove it`);

/** Text for people: what was compared, and each known difference with its reason. */
export function report({ title, sides, comparisons, verdict }: Part): string {
  const compared = comparisons.map((one) => `  ${one.title}: ${one.compared} compared`);
  const known = verdict.known.map(({ name, reason, found }) => {
    const seen = new Map<string, string[]>();
    for (const { comparison, ...difference } of found) {
      const text = line(difference, sides);
      seen.set(text, [...(seen.get(text) ?? []), comparison]);
    }
    const lines = [...seen].map(([text, where]) => {
      const everywhere = where.length === comparisons.length;
      return `    ${text}${everywhere ? "" : ` (${where.join(", ")})`}`;
    });
    return [`  ${name}: ${reason}`, ...lines].join("\n");
  });
  return [title, ...compared, "", ...known, ""].join("\n");
}

const show = (value: string | undefined): string => (value === undefined ? "nothing" : legible(value));

function line({ subject, what, one, other }: Difference, sides: Part["sides"]): string {
  const head = what === "" ? subject : `${subject}: ${what}`;
  if (one === undefined && other === undefined) return head;
  return `${head}: ${show(one)} in ${sides[0]}, ${show(other)} in ${sides[1]}`;
}
