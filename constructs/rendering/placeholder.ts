/*
 * What only Terraform knows, such as the address of a database that it has yet to create. In a rendered environment a
 * placeholder stands for it: to be shown to people, and to be written nowhere.
 */

/** Refused in every input, as `textProblem` says, so that no text of a user's is taken for a placeholder. */
const MARK = "\ufdd1";

/** Text in place of a reference, whole or as part of a longer text. */
export const PLACEHOLDER = `${MARK}(known after apply)`;

/** Whether there is a placeholder anywhere in plain data or in a text. */
export function refers(part: unknown): boolean {
  if (typeof part === "string") return part.includes(MARK);
  return typeof part === "object" && part !== null && Object.entries(part).some((entry) => entry.some(refers));
}

/** A text for people: `mysql://(known after apply):3306`. */
export const legible = (text: string): string => text.replaceAll(MARK, "");
