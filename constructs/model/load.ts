import type { Choice, EnvironmentInput } from "./environment";
import { InvalidInput } from "./problem";
import { resolveEnvironment } from "./resolve";
import type { Environment } from "./resolved";
import { checkEnvironments } from "./validate/environments";

/**
 * Checks the whole input and applies every default.
 *
 * @param inputs all environments of the program: some mistakes show only between two of them
 * @throws InvalidInput with every problem at once
 */
export function loadEnvironments<C extends Choice, R extends Choice>(
  inputs: readonly EnvironmentInput<C, R>[],
): readonly Environment<C, R>[] {
  const { problems } = checkEnvironments(inputs);
  if (problems.length > 0) throw new InvalidInput(problems);
  return inputs.map(resolveEnvironment);
}
