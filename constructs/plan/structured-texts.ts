/** What is nested deeper is compared as text. */
const DEEPEST = 100;

/** A number that JavaScript cannot tell from its neighbours. */
const LARGE = /\d{16}/;

/**
 * What a text says that is JSON: policies, dashboards, values of parameters. A text of one number or word is not looked into, nor
 * one with numbers of which some would be lost.
 *
 * @returns `undefined` where it is none
 */
export function structureOf(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text) || LARGE.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && isShallow(value, DEEPEST) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isShallow(value: unknown, levels: number): boolean {
  return (
    typeof value !== "object" ||
    value === null ||
    (levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1)))
  );
}
