import { ALL_INPUTS } from "./support/inputs";
import { sweep } from "./support/sweep";
import { isOfAnyCloud, places } from "./support/tree";

/*
 * Every field of an environment on each of the other clouds, but for those of its application, and of what it says otherwise of
 * workloads those alone that a cloud judges: the rest is swept on the first one.
 */

const DEPTH = 3;

describe.each(Object.entries(ALL_INPUTS).slice(1))("%s", (what, tree) => {
  sweep(
    what,
    tree,
    places(tree).filter((path) => (!path.includes("application") || path.length <= DEPTH) && !isOfAnyCloud(path)),
  );
});
