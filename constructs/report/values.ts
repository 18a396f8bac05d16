import { canonicalText } from "../plan/canonical-text";
import { isFields } from "../plan/object";
import { Expression, Sensitive, Unknown } from "../plan/shown";

/** Longest value that is shown whole. */
const LONGEST = 160;

/** Characters that change how others are read, or that no reader sees: control characters, directions, separators of lines. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/** A text in which every character is one that a reader sees. */
export const visible = (text: string): string =>
  text.replace(UNSEEN, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);

/** A value as a report shows it: on one line, and not too long. */
export function valueText(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const isStandIn = value instanceof Unknown || value instanceof Sensitive;
  const text = visible(typeof value === "string" || isStandIn ? String(value) : structure(value));
  return text.length > LONGEST ? `${text.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, "")}…` : text;
}

/** An object or a list, without the blocks that a provider writes though nothing is in them. */
function structure(value: unknown): string {
  return canonicalText(withoutEmpty(value) ?? value)
    .replaceAll('{"goldenpath":"known after apply"}', "(known after apply)")
    .replaceAll('{"goldenpath":"sensitive"}', "(sensitive)");
}

function withoutEmpty(value: unknown): unknown {
  if (value instanceof Expression) return value.text;
  if (Array.isArray(value)) return value.map(withoutEmpty).filter((one) => one !== undefined);
  if (!isFields(value) || value instanceof Unknown || value instanceof Sensitive) {
    return value === "" || value === null ? undefined : value;
  }
  const fields = Object.entries(value).map(([key, one]) => [key, withoutEmpty(one)] as const);
  return Object.fromEntries(fields.filter(([, one]) => one !== undefined && !(Array.isArray(one) && one.length === 0)));
}

/** A value of the model for people: `on` and `off`, and of an object its fields. */
export function modelText(value: unknown): string {
  if (value === undefined || value === null) return "none";
  if (typeof value === "boolean") return value ? "on" : "off";
  const isFlat = isFields(value) && Object.values(value).every((one) => typeof one !== "object" || one === null);
  if (!isFlat) return valueText(value) ?? "none";
  return (
    valueText(
      Object.entries(value)
        .map(([key, one]) => `${key} ${String(one)}`)
        .join(", "),
    ) ?? "none"
  );
}
