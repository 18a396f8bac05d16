import { HOSTILE, SECRET } from "./support/hostile";
import { INPUTS } from "./support/inputs";
import { load, make } from "./support/outcome";
import { isTried } from "./support/random";
import { places, replaced, type TreePath, valueAt } from "./support/tree";

/*
 * Every place of every input with every hostile value in it: refused with a path and without what was given where it may
 * be secret, or accepted and made into stacks. Never a stack trace. What an application is checked for is the same on all
 * clouds, so its own places are tried on the first.
 */

const APPLICATIONS = 3;

const isOfApplication = (path: TreePath): boolean => path.includes("application");

const tried = (index: number, tree: unknown): TreePath[] =>
  places(tree).filter((path) => index === 0 || !isOfApplication(path) || path.length <= APPLICATIONS);

describe.each(Object.entries(INPUTS).map(([what, tree], index) => ({ what, tree, index })))("$what", (input) => {
  const { what, tree, index } = input;

  test("is accepted as it is, and made into stacks", () => {
    expect(make(tree)).toMatchObject({ is: "accepted" });
  });

  test.each(Object.entries(HOSTILE))("with %s anywhere is refused or made, whole", (wrongWith, value) => {
    const wrong = tried(index, tree).flatMap((path) => {
      if (valueAt(tree, path) === value) return [];
      const changed = replaced(tree, path, value);
      const loaded = load(changed);
      const at = path.join(".");
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
});
