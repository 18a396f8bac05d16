import { type PipelineIdentity, variablesFor } from "../../pipelines/pipeline";
import type { DeployPlace } from "./deploy-place";

/** What people set on GitHub before the first run of a workflow whose jobs are these, a line each. */
export function variablesOf(
  places: readonly DeployPlace[],
  identities: readonly PipelineIdentity[],
): readonly string[] {
  const variables = places.flatMap(({ access }) => variablesFor(access, identities));
  if (variables.length === 0) return [];
  return ["Variables of the repository:", ...variables.map(({ name, description }) => `  ${name}: ${description}`)];
}
