import type { PlatformEnvironment } from "../environment";
import { InvalidInput, type Problem, refuse } from "../model/problem";
import { renderEnvironments } from "./render-environment";
import type { RenderedApplication } from "./rendered-environment";

/**
 * Tries the patches of all environments before anything is made of them, so that everything wrong with them is said at once.
 *
 * @throws InvalidInput with every patch that does not do what it says
 */
export function checkPatches(environments: readonly PlatformEnvironment[]): void {
  const patched = renderEnvironments(environments)
    .flatMap(({ applications }) => applications)
    .filter(({ application }) => application.patches.length > 0);
  refuse(patched.flatMap(problemsOf));
}

function problemsOf(rendered: RenderedApplication): readonly Problem[] {
  try {
    // Objects are made when they are asked for.
    rendered.released;
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems;
    throw error;
  }
}
