import type { FieldChange } from "../plan/fields";
import { isFields } from "../plan/object";
import type { ResourceChange } from "../plan/plan";
import { UNKNOWN } from "../plan/shown";

/*
 * Differences that mean nothing: a provider writes an empty value where there was none, counts something that nobody chose, or
 * will compute it anew. They are counted and not told. False and 0 are values that somebody may have chosen, and are told.
 */

/** Fields that a provider computes, by their type; those of every type are under "". Nobody can choose one of them. */
const COMPUTED: Readonly<Record<string, readonly RegExp[]>> = {
  "": [/^(?:id|arn|etag|self_link|tags_all|effective_labels|terraform_labels|creation_timestamp|generated_id)\b/],
  kubernetes: [/(?:^|\.)metadata\[[^\]]*\]\.(?:generation|resource_version|uid)$/, /^object\b/],
  helm: [/^metadata\b/, /^status$/, /^manifest$/],
  terraform: [/^output\b/],
};

/** What others own: an autoscaler, whoever restarts pods as their configuration changed. */
const OTHERS: readonly RegExp[] = [
  /annotations\["(?:kubectl\.kubernetes\.io\/restartedAt|deployment\.kubernetes\.io\/revision|reloader\.stakater\.com\/[^"]*)"\]$/,
];

/** Whether a difference of an update or a replacement means nothing. `path` is how it is written. */
export function isNoise({ kind, type }: ResourceChange, { before, after, order }: FieldChange, path: string): boolean {
  if (kind === "create") return isEmpty(after);
  if (order !== undefined) return true;
  if (isEmpty(before) && isEmpty(after)) return true;
  const [family = ""] = type.split("_");
  const isComputed = [
    ...(COMPUTED[""] ?? []),
    ...(Object.hasOwn(COMPUTED, family) ? (COMPUTED[family] ?? []) : []),
  ].some((pattern) => pattern.test(path));
  // Known ones may have been chosen all the same, where the resource is made anew.
  return (isComputed && (after === UNKNOWN || kind === "update")) || isOfOthers(path);
}

export function isOfOthers(path: string): boolean {
  return OTHERS.some((pattern) => pattern.test(path));
}

/** Whether drift of it means nothing: a provider reads false or 0 where nothing was said, and nobody did that. */
export const isReadAnew = ({ before, after }: FieldChange): boolean =>
  (before === undefined || before === null) && (after === false || after === 0);

/** Nothing, or a text, list or block with nothing in it. */
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  if (Array.isArray(value)) return value.every(isEmpty);
  return isFields(value) && !hasMeaning(value) && Object.values(value).every(isEmpty);
}

/** A value that stands for one that is not shown. */
function hasMeaning(value: object): boolean {
  return "toJSON" in value && typeof value.toJSON === "function";
}
