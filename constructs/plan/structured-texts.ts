/**
 * What a text says that is JSON: policies, dashboards, values of parameters. A text of one number or word is not looked into.
 *
 * @returns `undefined` where it is none
 */
export function structureOf(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
