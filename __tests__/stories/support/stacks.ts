import type { EnvironmentSpec } from "../../../constructs/environment";
import type { Stack } from "../../../scripts/engine/stand-in";
import { synthesizeEnvironments } from "../../support/reference";

/** Every stack of the environments by its name, as `npm run synth` writes it. */
export const stacksOf = (...specs: readonly EnvironmentSpec[]): ReadonlyMap<string, Stack> =>
  new Map(Object.entries(synthesizeEnvironments(specs).stacks));

/** One of them. */
export function stackOf(name: string, ...specs: readonly EnvironmentSpec[]): Stack {
  const stack = stacksOf(...specs).get(name);
  if (stack === undefined) throw new Error(`no stack ${name}`);
  return stack;
}
