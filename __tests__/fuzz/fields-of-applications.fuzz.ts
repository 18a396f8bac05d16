import { INPUTS } from "./support/inputs";
import { sweep } from "./support/sweep";
import { places } from "./support/tree";

/* Every field of an application, which is checked in the same way on all clouds, and of the first cloud. */
describe.each(Object.entries(INPUTS).slice(0, 1))("%s", (what, tree) => {
  sweep(what, tree, places(tree));
});
