import { REVISION_LABEL } from "../kubernetes/revision";
import { imageName, imageVersion } from "../model/image";
import { canonicalText } from "./canonical-text";
import type { ReviewedField } from "./reviewed";
import { isUnknown } from "./shown";

const VERSIONS = ["version", "app.kubernetes.io/version"];

/** What may be another than was seen. */
export interface Leeway {
  /** Images that were built, of which nobody has to have seen the release. */
  readonly built: readonly string[];
  /** Whether what only an apply was to tell has to be unknown still. */
  readonly exact: boolean;
}

/**
 * Whether a change of a field is the one that was seen. What only an apply was to tell may be anything by now, if not `exact`. In an object that is made, an image
 * that was built may be in the place of another of its name, with all that follows from it.
 */
export function fits(seen: ReviewedField, now: ReviewedField, { built, exact }: Leeway): boolean {
  if (canonicalText(seen) === canonicalText(now)) return true;
  if (canonicalText(seen.order) !== canonicalText(now.order)) return false;
  if (isUnknown(seen.to)) return !exact;
  const isMade = seen.from === null && now.from === null;
  if (canonicalText(seen.from) !== canonicalText(now.from)) return false;
  return fitsValue(seen.to, now.to, { built: isMade ? built : [], exact });
}

function fitsValue(seen: unknown, now: unknown, leeway: Leeway): boolean {
  const { built, exact } = leeway;
  // Of a value that is sensitive nothing is here but that it is.
  if (canonicalText(seen) === canonicalText(now)) return true;
  if (isUnknown(seen)) return !exact || isUnknown(now);
  if (Array.isArray(seen) && Array.isArray(now)) {
    return seen.length === now.length && seen.every((one, index) => fitsValue(one, now[index], leeway));
  }
  if (!isObject(seen) || !isObject(now)) return false;
  const isReleased = isBuilt(seen.image, now.image, built);
  return [...new Set([...Object.keys(seen), ...Object.keys(now)])].every((key) => {
    if (isReleased && (key === "image" || key === "image_pull_policy")) return true;
    if (VERSIONS.includes(key) && isVersion(now[key], built)) return true;
    if (key === REVISION_LABEL && built.length > 0) return true;
    if (key === "name" && built.length > 0 && isRevised(seen, now)) return true;
    return fitsValue(seen[key], now[key], leeway);
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isBuilt(seen: unknown, now: unknown, built: readonly string[]): boolean {
  return (
    typeof seen === "string" && typeof now === "string" && built.includes(now) && imageName(seen) === imageName(now)
  );
}

function isVersion(now: unknown, built: readonly string[]): boolean {
  return typeof now === "string" && built.some((image) => imageVersion(image) === now);
}

/** Whether metadata is of a Job that is called by what is in it. */
function isRevised(seen: Readonly<Record<string, unknown>>, now: Readonly<Record<string, unknown>>): boolean {
  const stem = ({ name, labels }: Readonly<Record<string, unknown>>): string | undefined => {
    const revision = isObject(labels) ? labels[REVISION_LABEL] : undefined;
    const suffix = `-${String(revision)}`;
    return typeof name === "string" && revision !== undefined && name.endsWith(suffix)
      ? name.slice(0, -suffix.length)
      : undefined;
  };
  return stem(now) !== undefined && stem(now) === stem(seen);
}
