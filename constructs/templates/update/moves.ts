import { type Archive, filled } from "../archive";
import type { Inputs } from "../inputs";

/**
 * Where the files of an old version are in a later one.
 *
 * @param after every version after the old one, in their order
 * @returns path in the last of them by the path in the old one, of those alone that have another
 */
export function movesOf(after: readonly Pick<Archive, "renamed">[], { values }: Inputs): ReadonlyMap<string, string> {
  const moves = new Map<string, string>();
  for (const { renamed = {} } of after) {
    const step = new Map(
      Object.entries(renamed).map(([from, to]) => [
        filled(from, (name) => values[name]),
        filled(to, (name) => values[name]),
      ]),
    );
    for (const [from, to] of moves) {
      const next = step.get(to);
      if (next !== undefined) {
        moves.set(from, next);
        step.delete(to);
      }
    }
    for (const [from, to] of step) moves.set(from, to);
  }
  return moves;
}
