import { own } from "../model/own";
import { canonicalText } from "./canonical-text";
import { type Difference, wordOf } from "./differences";
import { fits, type Leeway } from "./fits";
import { imagesAside } from "./images-aside";
import type { Reviewed, ReviewedChange, ReviewedField, ReviewedResource } from "./reviewed";

const isSeen = (seen: ReviewedField | undefined, now: ReviewedField, leeway: Leeway): boolean =>
  seen !== undefined && fits(seen, now, leeway);

const named = (address: string, all: readonly string[]): readonly Difference[] =>
  all.map((says) => ({ address, says }));

const among = <T>(seen: readonly Reviewed[], find: (plan: Reviewed) => T | undefined): readonly T[] =>
  seen.flatMap((plan) => find(plan) ?? []);

/** Whether it is the same object by the same provider, that comes from the same place. */
const isAlike =
  (now: ReviewedResource) =>
  (before: ReviewedResource): boolean =>
    (["type", "provider", "was", "importedBy", "reason", "isDeferred", "isDrift"] as const).every(
      (key) => canonicalText(now[key]) === canonicalText(before[key]),
    );

/**
 * All of a plan that is in none of those that people have seen: where two pull requests were merged in a row, each was reviewed by itself,
 * and the plan of both is made of theirs. What was seen and is not planned any more was applied meanwhile.
 */
export function unseen(
  now: Reviewed,
  seen: readonly Reviewed[],
  leeway: Leeway = { built: [], exact: false },
): readonly Difference[] {
  return [
    ...(now.isComplete || seen.some(({ isComplete }) => !isComplete)
      ? []
      : [{ says: "does only a part of what is asked for, and nobody reviewed that" }]),
    ...Object.entries(imagesAside(now, leeway.built).resources).flatMap(([key, one]) => {
      // What others have changed is written down by any apply, and changes nothing.
      if (one.isDrift === true) return [];
      const alike = among(seen, (plan) => own(plan.resources, key)).filter(isAlike(one));
      return named(key, of(one, alike, leeway));
    }),
    ...Object.entries(now.outputs).flatMap(([name, one]) => {
      const alike = among(seen, (plan) => own(plan.outputs, name));
      return named(`output.${name}`, of(one, alike, leeway));
    }),
  ];
}

function of(
  now: ReviewedChange & Pick<ReviewedResource, "replacedBy">,
  seen: readonly (typeof now)[],
  leeway: Leeway,
): string[] {
  // How a thing is replaced is reviewed, too: the old one first, or the new one.
  const same = seen.filter(({ actions }) => actions.join() === now.actions.join());
  if (same.length === 0) return [`nobody reviewed that it is to be ${wordOf(now)}`];
  const reasons = (now.replacedBy ?? []).filter(
    (path) => !same.some(({ replacedBy = [] }) => replacedBy.includes(path)),
  );
  return [
    ...reasons.map((path) => `${path}: nobody reviewed that it asks for another one`),
    ...Object.entries(now.fields)
      .filter(([path, field]) => !seen.some(({ fields }) => isSeen(own(fields, path), field, leeway)))
      .map(([path]) => `${path}: nobody reviewed that it changes like this`),
  ];
}
