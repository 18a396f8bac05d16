import { TerraformElement, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { FastStack } from "./fast-stack";
import { resolveTokens } from "./resolve";

/** What a literal of this program becomes where Terraform would have evaluated it. */
const ESCAPED = /\$\$\{|%%\{|\$\{\\"[$%]+\\"\}/;

/**
 * Makes texts in the elements below a construct mean what they are, in a stack of any class: `FastStack` sees to that itself,
 * and cdktf's own stack would have Terraform evaluate `${` and `%{` in them.
 */
export function literalTexts(construct: Construct): void {
  const stack = TerraformStack.of(construct);
  if (stack instanceof FastStack) return;
  for (const element of construct.node.findAll()) {
    if (TerraformElement.isTerraformElement(element)) makeLiteral(stack, element);
  }
}

/** Escapes what the element says of itself when it is asked, so that overrides and references are in it. */
function makeLiteral(stack: TerraformStack, element: TerraformElement): void {
  const toTerraform = element.toTerraform.bind(element);
  const toHclTerraform = element.toHclTerraform.bind(element);
  // Preparing each time: a reference into another stack registers itself once, however often it is asked.
  const literal = (): unknown => resolveTokens(stack, toTerraform(), true);
  Object.assign(element, {
    toTerraform: literal,
    toHclTerraform: (): unknown => {
      const found = ESCAPED.exec(JSON.stringify(literal()));
      if (found === null) return toHclTerraform();
      throw new Error(`${element.node.path}: has a text with "${found[0]}", which HCL would evaluate; leave --hcl out`);
    },
  });
}
