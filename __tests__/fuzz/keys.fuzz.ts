import { HOSTILE_KEYS, SECRET } from "./support/hostile";
import { INPUTS } from "./support/inputs";
import { load, make } from "./support/outcome";
import { isTried } from "./support/random";
import { isOfAnyCloud, places, replaced, type TreePath, valueAt } from "./support/tree";

/* Objects of every input with a hostile key beside their own, and with their first key renamed to it: a quarter by the seed. */

/** Of an application, and of what is said otherwise of its workloads, they are tried on one cloud. */
const objects = (tree: unknown, first: boolean): TreePath[] =>
  places(tree).filter((path) => {
    if (!first && (path.includes("application") || isOfAnyCloud(path))) return false;
    const value = valueAt(tree, path);
    return typeof value === "object" && value !== null && !Array.isArray(value) && !("call" in value);
  });

function withKey(value: object, key: string, rename: boolean): object {
  const entries: [string, unknown][] = Object.entries(value);
  const first = entries[0]?.[1];
  const changed: [string, unknown][] = [...(rename ? entries.slice(1) : entries), [key, first]];
  // An own property whatever its name, as JSON.parse makes it.
  return Object.fromEntries(changed);
}

describe.each(Object.entries(INPUTS).map(([what, tree], index) => ({ what, tree, first: index === 0 })))(
  "$what",
  (input) => {
    const { what, tree, first } = input;

    test.each(HOSTILE_KEYS.map((key) => ({ key })))("with the key $key in any object is refused or made", ({ key }) => {
      const wrong = objects(tree, first).flatMap((path) =>
        [false, true].flatMap((rename) => {
          if (!isTried(`key ${what} ${path.join(".")} ${key} ${rename}`, 4)) return [];
          const changed = replaced(tree, path, withKey(valueAt(tree, path) as object, key, rename));
          const loaded = load(changed);
          const at = path.join(".");
          const tried = loaded.is === "accepted" && isTried(`${what} ${at} ${key}`, 10);
          const outcome = tried ? make(changed) : loaded;
          if (outcome.is === "crashed") return [`${at}: ${outcome.text.split("\n").slice(0, 3).join(" ")}`];
          if (outcome.is === "refused" && outcome.text.includes(SECRET)) return [`${at}: shows what was given`];
          return [];
        }),
      );
      expect(wrong).toEqual([]);
    });
  },
);
