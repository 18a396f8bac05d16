import { HOSTILE, SECRET } from "./hostile";
import { load, make } from "./outcome";
import { isTried } from "./random";
import { replaced, type TreePath, valueAt } from "./tree";

/** How many places of a value one is tried of. */
const ONE_IN = 6;

/**
 * Each of these places of an input with hostile values in it, a sixth of them by the seed: refused with a path and without what was
 * given where it may be secret, or accepted and made into stacks. Never a stack trace.
 */
export function sweep(what: string, tree: unknown, places: readonly TreePath[]): void {
  test("is accepted as it is, and made into stacks", () => {
    expect(make(tree)).toMatchObject({ is: "accepted" });
  });

  test.each(Object.entries(HOSTILE))("with %s anywhere is refused or made, whole", (wrongWith, value) => {
    const wrong = places.flatMap((path) => {
      const at = path.join(".");
      if (valueAt(tree, path) === value || !isTried(`${what} ${wrongWith} ${at}`, ONE_IN)) return [];
      const changed = replaced(tree, path, value);
      const loaded = load(changed);
      // Making stacks takes twenty times as long as loading.
      const tried = loaded.is === "accepted" && isTried(`${what} ${at} ${wrongWith}`, 10);
      const outcome = tried ? make(changed) : loaded;
      if (outcome.is === "crashed") return [`${at}: ${outcome.text.split("\n").slice(0, 3).join(" ")}`];
      if (outcome.is === "refused" && outcome.text.includes(SECRET)) return [`${at}: shows what was given`];
      if (outcome.is === "refused" && outcome.problems.length === 0) return [`${at}: refused without a problem`];
      return [];
    });
    expect(wrong).toEqual([]);
  });
}
