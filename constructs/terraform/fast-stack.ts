import { TerraformElement, TerraformOutput, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { isTree, merge, type Tree } from "./merge";
import { prepareTokens, resolveTokens } from "./resolve";

/**
 * A stack that is synthesized to the same bytes in a fraction of the time. cdktf resolves every value three times
 * (to find references into other stacks, per element, and all elements together); here each is looked at once to
 * find such references and resolved once, and only where it holds a token.
 */
export class FastStack extends TerraformStack {
  readonly #overrides: Tree = {};

  /** Kept twice because the base class keeps its own private; it still needs it to render HCL. */
  public override addOverride(path: string, value: unknown): void {
    super.addOverride(path, value);
    const parts = path.split(".");
    const last = parts.pop() ?? "";
    let at = this.#overrides;
    for (const part of parts) {
      const present = at[part];
      const next = isTree(present) && !Array.isArray(present) ? present : {};
      at[part] = next;
      at = next;
    }
    at[last] = value;
  }

  public override prepareStack(): void {
    this.ensureBackendExists();
    for (const element of elementsOf(this)) prepareTokens(this, element.toTerraform());
  }

  public override toTerraform(): Tree {
    const elements = elementsOf(this);
    const overridden = Object.keys(this.#overrides);
    const metadata = metadataOf(this, elements, overridden);
    const result: Tree = { "//": { metadata, outputs: outputPaths(elements) } };
    for (const element of elements) merge(result, resolved(this, element.toTerraform()));
    merge(result, this.#overrides);
    for (const key of overridden) {
      const value = result[key];
      Reflect.deleteProperty(result, key);
      merge(result, resolved(this, { [key]: value }));
    }
    return result;
  }
}

/** What the CLI reads about the stack. */
function metadataOf(stack: TerraformStack, elements: readonly TerraformElement[], overridden: readonly string[]): Tree {
  const metadata: Tree = {
    version: stack.node.tryGetContext("cdktfVersion") as unknown,
    stackName: stack.node.id,
    // A backend among the elements says its own name.
    backend: "local",
    ...(overridden.length > 0 && { overrides: { stack: overridden } }),
  };
  for (const element of elements) merge(metadata, resolved(stack, element.toMetadata()));
  return metadata;
}

function resolved(stack: TerraformStack, value: unknown): Tree {
  const tree = resolveTokens(stack, value);
  return isTree(tree) ? tree : {};
}

/** The elements of a stack in the order of the tree, without those of stacks inside of it. */
function elementsOf(construct: IConstruct, into: TerraformElement[] = []): TerraformElement[] {
  if (TerraformElement.isTerraformElement(construct)) into.push(construct);
  for (const child of construct.node.children) {
    if (!TerraformStack.isStack(child)) elementsOf(child, into);
  }
  return into;
}

/** Where the CLI finds which output of Terraform belongs to which construct. */
function outputPaths(elements: readonly TerraformElement[]): Tree {
  const paths: Tree = {};
  for (const element of elements) {
    if (!TerraformOutput.isTerraformOutput(element)) continue;
    const [last = "", ...above] = element.node.path.split("/").reverse();
    const leaf: Tree = { [last]: element.friendlyUniqueId };
    merge(
      paths,
      above.reduce((inner, part) => ({ [part]: inner }), leaf),
    );
  }
  return paths;
}
