import type { PlatformEnvironment } from "../environment";
import { InvalidInput, type Problem, refuse } from "../model/problem";
import { withoutTerraform } from "./render-environment";

/**
 * Tries patches and objects of all environments before anything is made of them, so that everything wrong with them is said
 * at once.
 *
 * @throws InvalidInput with every patch that does not do what it says, and every object that is made twice
 */
export function checkAdditions(environments: readonly PlatformEnvironment[]): void {
  const problems = environments.flatMap((environment) =>
    environment.applications
      .filter(({ patches, objects }) => patches.length + objects.length > 0)
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
