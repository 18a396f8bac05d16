import { TerraformStack } from "cdktf";
import { INPUTS } from "./support/inputs";
import { make, type Outcome } from "./support/outcome";
import { places, replaced, type TreePath, valueAt } from "./support/tree";

/* A field given as `undefined` is a field not given, through to the output: conditional values in literals are that. */

const fields = (tree: unknown): TreePath[] =>
  places(tree).filter((path) => !["call", "argument"].includes(String(path.at(-1))) && typeof path.at(-1) === "string");

function without(tree: unknown, path: TreePath): unknown {
  const field = String(path.at(-1));
  const parent = path.slice(0, -1);
  const value = valueAt(tree, parent) as object;
  return replaced(tree, parent, Object.fromEntries(Object.entries(value).filter(([key]) => key !== field)));
}

/** What came out: the problems, or the stacks as Terraform reads them. */
function said(outcome: Outcome): string {
  if (outcome.is !== "accepted") return outcome.text;
  const stacks = outcome.app?.node.children.filter((node) => TerraformStack.isStack(node)) ?? [];
  return JSON.stringify(stacks.map((stack): unknown => stack.toTerraform()));
}

describe.each(Object.entries(INPUTS))("%s", (_what, tree) => {
  test("means the same with a field as undefined and without it", () => {
    const wrong = fields(tree).flatMap((path) => {
      const outcome = make(replaced(tree, path, undefined));
      const left = make(without(tree, path));
      if (outcome.is === "crashed" || left.is === "crashed")
        return [`${path.join(".")}: ${said(outcome).slice(0, 300)}`];
      return said(outcome) === said(left) ? [] : [`${path.join(".")}: differs`];
    });
    expect(wrong).toEqual([]);
  });
});
