import { INPUTS } from "./support/inputs";
import { sweep } from "./support/sweep";
import { places } from "./support/tree";

/* Every field of an environment on each of the other clouds, but for those of its application. */

const DEPTH = 3;

describe.each(Object.entries(INPUTS).slice(1))("%s", (what, tree) => {
  sweep(
    what,
    tree,
    places(tree).filter((path) => !path.includes("application") || path.length <= DEPTH),
  );
});
