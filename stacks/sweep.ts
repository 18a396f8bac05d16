import type { EnvironmentSpec, PlatformEnvironment } from "../constructs/environment";
import { loadEnvironments } from "../constructs/model/load";
import { namespaceName } from "../constructs/model/names";
import type { ResolvedPreviews } from "../constructs/model/previews";
import { InvalidInput } from "../constructs/model/problem";
import { environmentDefaults } from "../constructs/model/resolve";
import { namedEnvironments } from "./program";

/** What is known of an environment before anybody asks its cluster. */
export interface LoadedSweep {
  readonly environment: PlatformEnvironment;
  readonly previews: ResolvedPreviews;
  /** Namespaces of all environments of the program. */
  readonly reserved: readonly string[];
}

/**
 * Checks the environments, and says what of one is swept.
 *
 * @throws InvalidInput with every mistake, and where it takes no previews
 */
export function loadSweep(environments: readonly EnvironmentSpec[], name: string): LoadedSweep {
  namedEnvironments(environments, [name]);
  const [environment] = loadEnvironments(environments, { only: [name] });
  const previews = environment?.previews;
  if (environment === undefined || previews === undefined) {
    const fix =
      "say so there, or name an environment that does; what is left of one that did not long ago, its word brings back";
    throw new InvalidInput([{ path: ["environments", name, "previews"], why: "it takes no previews", fix }]);
  }
  const reserved = environments.flatMap((spec) =>
    spec.applications.map(({ application }) =>
      namespaceName(application.name, environmentDefaults(spec).namespaceSuffix),
    ),
  );
  return { environment, previews, reserved };
}
