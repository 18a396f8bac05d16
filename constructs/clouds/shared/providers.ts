import { RandomProvider } from "@cdktf/provider-random/lib/provider";
import { type TerraformProvider, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { defaultProvider } from "./stack-owner";

/**
 * Construct id of a provider directly under a stack. It is no name that an application can have, which stands beside it
 * there; a provider's id is in no address and no output.
 */
export const providerId = (name: string): string => `Provider-${name}`;

/** Provider for generated passwords. */
export function ensureRandomProvider(scope: Construct): void {
  ensure(scope, "random", (stack, id) => new RandomProvider(stack, id));
}

/**
 * Makes the provider of a type that a stack has by default, unless it has one: in stacks with a resource of it alone, as
 * every other one need not download it.
 */
export function ensure(
  scope: Construct,
  type: string,
  create: (stack: TerraformStack, id: string) => TerraformProvider,
): void {
  const stack = TerraformStack.of(scope);
  if (stack.node.tryFindChild(providerId(type)) !== undefined || defaultProvider(stack, type) !== undefined) return;
  create(stack, providerId(type));
}
