import { TerraformBackend, TerraformProvider, TerraformStack, Token } from "cdktf";
import type { IConstruct } from "constructs";
import { InvalidInput, type Problem } from "../../model/problem";

/*
 * A stack may be somebody else's, who has made its backend and its provider. Both are left as they are; a provider is
 * compared with the environment, since an application in another region or account would be made without a word.
 */

/** An argument of a provider that has to agree with the environment. */
export interface Agreement {
  /** Name of the argument in its construct: `region`. */
  readonly argument: string;
  agrees(given: unknown): boolean;
  /** What the argument should say. */
  readonly fix: string;
  /** Whether it has to be there. @default false: a plan finds out what an argument comes to that is not said */
  readonly required?: boolean;
}

/** A cloud's provider as a stack may have it. */
export interface ProviderKind {
  /** Its name in Terraform: `aws`. */
  readonly type: string;
  /** Id of the one that `configure` makes. */
  readonly id: string;
  readonly agreements: readonly Agreement[];
}

const isUnknown = (given: unknown): boolean =>
  Token.isUnresolved(given) || (Array.isArray(given) && given.some((item) => Token.isUnresolved(item)));

const pathOf = (stack: TerraformStack, { node }: IConstruct): string[] => ["stacks", stack.node.id, node.id];

/** Whether `configure` makes the backend: the stack has none, and nobody keeps it from doing so. */
export const makesBackend = (stack: TerraformStack, backend?: false): boolean =>
  backend !== false && !elementsOf(stack).some((element) => TerraformBackend.isBackend(element));

/** Provider of this type that resources of the stack have by default: the one without an alias. */
export const defaultProvider = (stack: TerraformStack, type: string): TerraformProvider | undefined =>
  elementsOf(stack)
    .filter((element) => TerraformProvider.isTerraformProvider(element))
    .find((provider) => provider.terraformResourceType === type && provider.alias === undefined);

/**
 * Whether the stack has a provider of somebody else's, which is compared with the environment.
 *
 * @throws InvalidInput with every argument that disagrees, and for a provider that the stack's resources do not have
 */
export function hasOwnersProvider(stack: TerraformStack, kind: ProviderKind, given?: TerraformProvider): boolean {
  if (given !== undefined) refuse(misplaced(stack, kind, given));
  if (stack.node.tryFindChild(kind.id) !== undefined) return false;
  const provider = given ?? defaultProvider(stack, kind.type);
  if (provider === undefined) return false;
  refuse(kind.agreements.flatMap((agreement) => disagreement(stack, provider, agreement)));
  return true;
}

/**
 * Stops where the stack has a provider of this type by default which is not the one of this id: what is written to the
 * environment's cluster would be written by it.
 */
export function refuseOther(stack: TerraformStack, type: string, id: string): void {
  const provider = defaultProvider(stack, type);
  if (provider === undefined || provider.node.id === id) return;
  refuse([
    {
      path: pathOf(stack, provider),
      why: `is the stack's ${type} provider, and the environment's cluster needs that place`,
      fix: "give it an alias, and name it as the provider of your own resources",
    },
  ]);
}

function misplaced(stack: TerraformStack, { type }: ProviderKind, given: TerraformProvider): Problem[] {
  const path = pathOf(stack, given);
  if (given.terraformResourceType !== type) {
    return [{ path, got: given.terraformResourceType, why: "a provider of another kind", fix: `give one of ${type}` }];
  }
  const owner = TerraformStack.of(given);
  if (owner !== stack) return [{ path, got: owner.node.id, why: "is on another stack", fix: "give one of this stack" }];
  if (given.alias === undefined) return [];
  const fix = "give the provider without an alias, which resources have by default";
  return [{ path, got: given.alias, why: "has an alias", fix }];
}

function disagreement(stack: TerraformStack, provider: TerraformProvider, agreement: Agreement): Problem[] {
  const { argument, fix, required = false } = agreement;
  // By name: another team may have generated the bindings itself, and then the class is another.
  const given: unknown = Reflect.get(provider, `${argument}Input`);
  const unknown = given === undefined ? !required : isUnknown(given);
  if (unknown || agreement.agrees(given)) return [];
  return [{ path: [...pathOf(stack, provider), argument], ...(given !== undefined && { got: given }), fix }];
}

function refuse(problems: readonly Problem[]): void {
  // prettier-ignore
  if (problems.length > 0) throw new InvalidInput(problems); // node-do-not-add-exception-line
}

/** Elements of the stack without those of stacks inside of it. */
function elementsOf(construct: IConstruct): IConstruct[] {
  return construct.node.children.flatMap((child) =>
    TerraformStack.isStack(child) ? [] : [child, ...elementsOf(child)],
  );
}

/** Name of a stack's state in the environment's place for states, without an ending. */
export const statePath = ({ node }: TerraformStack, { stateFolder }: { readonly stateFolder?: string }): string =>
  stateFolder === undefined ? node.id : `${stateFolder}/${node.id}`;
