import { TerraformStack } from "cdktf";
import { ALL_INPUTS } from "./support/inputs";
import { load, make, type Outcome } from "./support/outcome";
import { isTried } from "./support/random";
import { isOfAnyCloud, places, replaced, type TreePath, valueAt } from "./support/tree";

/*
 * A field given as `undefined` is a field not given, through to the output: conditional values in literals are that. An
 * entry of a record may be refused instead.
 */

/** Of an application, and of what is said otherwise of its workloads, the fields are tried on one cloud. */
const fields = (tree: unknown, first: boolean): TreePath[] =>
  places(tree)
    .filter((path) => first || !(path.includes("application") || isOfAnyCloud(path)))
    .filter((path) => typeof path.at(-1) === "string" && !["call", "argument"].includes(String(path.at(-1))));

function without(tree: unknown, path: TreePath): unknown {
  const field = String(path.at(-1));
  const parent = path.slice(0, -1);
  const value = valueAt(tree, parent) as object;
  return replaced(tree, parent, Object.fromEntries(Object.entries(value).filter(([key]) => key !== field)));
}

/** The stacks as Terraform reads them. */
function stacksOf(outcome: Outcome): string {
  if (outcome.is !== "accepted") return outcome.text;
  const stacks = outcome.app?.node.children.filter((node) => TerraformStack.isStack(node)) ?? [];
  return JSON.stringify(stacks.map((stack): unknown => stack.toTerraform()));
}

function wrongAt(what: string, tree: unknown, path: TreePath): string[] {
  const at = path.join(".");
  const given = replaced(tree, path, undefined);
  const outcome = load(given);
  if (outcome.is === "crashed") return [`${at}: ${outcome.text.slice(0, 300)}`];
  const left = without(tree, path);
  if (outcome.is === "refused") return [];
  const expected = load(left);
  if (expected.is !== "accepted") return [`${at}: is accepted as undefined, and refused when it is left out`];
  if (!isTried(`undefined ${what} ${at}`, 8)) return [];
  return stacksOf(make(given)) === stacksOf(make(left)) ? [] : [`${at}: differs`];
}

describe.each(Object.entries(ALL_INPUTS).map(([what, tree], index) => ({ what, tree, first: index === 0 })))(
  "$what",
  ({ what, tree, first }) => {
    test("means the same with a field as undefined and without it", () => {
      expect(fields(tree, first).flatMap((path) => wrongAt(what, tree, path))).toEqual([]);
    });
  },
);
