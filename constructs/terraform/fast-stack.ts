import {
  Aspects,
  TerraformAsset,
  TerraformElement,
  TerraformOutput,
  TerraformRemoteState,
  TerraformStack,
  Tokenization,
} from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { expression } from "./expression";
import { FolderCopy } from "./folder-copy";
import { isTree, merge, type Tree } from "./merge";
import { resolveTokens } from "./resolve";
import { SortedSynthesizer } from "./sorted-synthesizer";

const someConstruct = (construct: IConstruct, is: (one: IConstruct) => boolean): boolean =>
  is(construct) || construct.node.children.some((child) => someConstruct(child, is));

/** cdktf's own and CDK Terrain's look at a stack and change nothing. */
const HARMLESS = new Set([
  "ValidateFeatureTargetSupport",
  "ValidateFunctionVersionSupport",
  "ValidateProviderFunctionTargetSupport",
  "ValidateProviderPresence",
  "ValidateTerraformVersion",
]);

/** A construct has no public list of them: it makes one for the first. What is another form than that may be any. */
function hasOwnValidations({ node }: IConstruct): boolean {
  const validations: unknown = Reflect.get(node, "_validations");
  if (validations === undefined) return false;
  if (!Array.isArray(validations)) return true;
  return validations.some((one: object) => !HARMLESS.has(one.constructor.name));
}

/** What cdktf runs of a construct when it has written what is above it. */
const CUSTOM_SYNTHESIS = Symbol.for("cdktf/customSynthesis");

/** These copy files, and change no element. */
const COPYING: readonly unknown[] = [TerraformAsset, FolderCopy];

const hasOwnSynthesis = (construct: IConstruct): boolean =>
  Reflect.has(construct, CUSTOM_SYNTHESIS) && !COPYING.includes(construct.constructor);

const hasAspects = (construct: IConstruct): boolean => Aspects.of(construct).all.length > 0;

/** A stack in whose synthesis nobody's code runs but cdktf's and ours. */
const isOurs = (construct: IConstruct): boolean =>
  !TerraformStack.isStack(construct) || construct.synthesizer instanceof SortedSynthesizer;

const isForeign = (one: IConstruct): boolean =>
  hasAspects(one) || hasOwnValidations(one) || hasOwnSynthesis(one) || !isOurs(one);

/** Trees in which nobody else's code runs from the search for references on: they are looked through once, not by each stack. */
const quiet = new WeakSet<IConstruct>();

/** Whether an aspect or a validation of somebody's, of whichever stack, runs between the search for references and the writing. */
function mayChange({ node: { root } }: TerraformStack): boolean {
  if (quiet.has(root)) return false;
  if (someConstruct(root, isForeign)) return true;
  quiet.add(root);
  return false;
}

/**
 * A stack that is synthesized to the same bytes in a fraction of the time. cdktf asks every element twice and resolves
 * every value three times (to find references into other stacks, per element, and all elements together); here each is
 * asked and resolved once, when references are looked for, and only where it holds a token. Where an aspect or a validation
 * may change an element after that, it is asked again; so it is when the tree is asked for outside of a synthesis.
 *
 * Every string in it that is no reference is escaped, so that Terraform evaluates nothing but references and what
 * `expression` made: texts are meant as they are. In this alone it differs from what cdktf would write.
 */
export class FastStack extends TerraformStack {
  /** @throws Error where a construct, whose texts are a user's, would be written by a stack that does not escape them */
  public static require(construct: IConstruct): void {
    const stack = TerraformStack.of(construct);
    if (stack instanceof FastStack) return;
    throw new Error(
      `${construct.node.path}: its stack "${stack.node.id}" evaluates texts of users; make it a FastStack`,
    );
  }

  readonly #overrides: Tree = {};
  /** What elements said when references were looked for. Taken by the synthesis, which changes it. */
  #prepared = new Map<TerraformElement, Tree>();
  #answer: ((tree: Tree) => Tree) | undefined;
  #written: Tree | undefined;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.synthesizer = new SortedSynthesizer(this, this.synthesizer);
  }

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

  /** Overrides with what is `undefined`, which takes a value away. */
  #resolvedOverrides(overrides: Tree): Tree {
    return Object.fromEntries(
      Object.entries(overrides).map(([key, value]) => [
        key,
        isTree(value) && Object.getPrototypeOf(value) === Object.prototype && !Tokenization.isResolvable(value)
          ? this.#resolvedOverrides(value)
          : resolveTokens(this, value),
      ]),
    );
  }

  public override prepareStack(): void {
    this.ensureBackendExists();
    this.#written = undefined;
    quiet.delete(this.node.root);
    this.#prepared = new Map(elementsOf(this).map((element) => [element, this.#resolved(element, true)]));
  }

  #resolved(element: TerraformElement, preparing = false): Tree {
    return resolved(this, terraformOf(element), preparing);
  }

  /** What elements said, where it is what they say. */
  #takePrepared(isQuiet: boolean): ReadonlyMap<TerraformElement, Tree> {
    const prepared = this.#prepared;
    this.#prepared = new Map();
    return isQuiet ? prepared : this.#prepared;
  }

  /** @internal */
  public answering(answer: (tree: Tree) => Tree, run: () => void): void {
    this.#answer = answer;
    try {
      run();
    } finally {
      this.#answer = undefined;
    }
  }

  /** Renders HCL by cdktf, which reads the elements themselves and escapes nothing in them. */
  public override toHclTerraform(): ReturnType<TerraformStack["toHclTerraform"]> {
    const escaped = /\$\$\{|%%\{|\$\{\\"[$%]+\\"\}|TfToken\[|e\+\d{3}/.exec(JSON.stringify(this.toTerraform()));
    if (escaped === null) return super.toHclTerraform();
    throw new Error(`${this.node.id}: has a text with "${escaped[0]}", which HCL would evaluate; leave --hcl out`);
  }

  public override toTerraform(): Tree {
    if (this.#answer === undefined) return this.#tree(new Map());
    const isQuiet = !mayChange(this);
    this.#written = this.#tree(this.#takePrepared(isQuiet));
    const answer = this.#answer(this.#written);
    // Whoever else asks while it is synthesized, as a validation, sees what there is.
    return isQuiet ? answer : this.#written;
  }

  /**
   * What the last synthesis has written as JSON, for who would read the file again.
   *
   * @throws Error before a synthesis, and after one that has written HCL
   */
  public get written(): Readonly<Tree> {
    if (this.#written === undefined) throw new Error(`${this.node.id}: no synthesis has written it as JSON`);
    return this.#written;
  }

  #tree(prepared: ReadonlyMap<TerraformElement, Tree>): Tree {
    const elements = elementsOf(this);
    const overridden = Object.keys(this.#overrides);
    const metadata = metadataOf(this, elements, overridden);
    const result: Tree = { "//": { metadata, outputs: outputPaths(elements) } };
    for (const element of elements) merge(result, prepared.get(element) ?? this.#resolved(element));
    // By itself: what elements say is resolved and escaped already.
    merge(result, this.#resolvedOverrides(this.#overrides));
    for (const key of overridden) {
      const value = result[key];
      Reflect.deleteProperty(result, key);
      merge(result, { [key]: value });
    }
    return result;
  }
}

/** cdktf writes one expression itself, and not as a reference. */
function terraformOf(element: TerraformElement): unknown {
  const tree: unknown = element.toTerraform();
  if (!(element instanceof TerraformRemoteState)) return tree;
  const WORKSPACE = "${terraform.workspace}";
  return JSON.parse(JSON.stringify(tree), (key, value: unknown) =>
    key === "workspace" && value === WORKSPACE ? expression`terraform.workspace` : value,
  ) as unknown;
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

function resolved(stack: TerraformStack, value: unknown, preparing = false): Tree {
  const tree = resolveTokens(stack, value, preparing);
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
