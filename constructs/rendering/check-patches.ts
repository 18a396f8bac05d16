import type { PlatformEnvironment } from "../environment";
import { InvalidInput, type Problem, refuse } from "../model/problem";
import { withoutTerraform } from "./render-environment";

/**
 * Tries the patches of all environments before anything is made of them, so that everything wrong with them is said at once.
 *
 * @throws InvalidInput with every patch that does not do what it says
 */
export function checkPatches(environments: readonly PlatformEnvironment[]): void {
  const problems = environments.flatMap((environment) =>
    environment.applications
      .filter(({ patches }) => patches.length > 0)
      .flatMap((application) => problemsOf(() => withoutTerraform(environment, application))),
  );
  refuse(problems);
}

function problemsOf(run: () => unknown): readonly Problem[] {
  try {
    run();
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems;
    throw error;
  }
}
