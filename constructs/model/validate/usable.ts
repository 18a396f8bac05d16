import type { EnvironmentInput, Placement } from "../environment";
import type { Path } from "../problem";

/** A placement that is well-formed enough for cross-checks, and where it stands. */
export interface Usable {
  readonly placement: Placement;
  readonly index: number;
  readonly path: Path;
}

/**
 * The types promise well-formed input; a JavaScript caller or a cast does not. What this leaves out is reported by
 * the shape checks.
 */
export function usablePlacements(environment: Path, input: EnvironmentInput): readonly Usable[] {
  const given: unknown = input.applications;
  if (!Array.isArray(given)) return [];
  return given.flatMap((placement: unknown, index): Usable[] =>
    isPlacement(placement)
      ? [{ placement, index, path: [...environment, "applications", placement.application.name] }]
      : [],
  );
}

function isPlacement(value: unknown): value is Placement {
  if (!isObject(value) || !isObject(value.application)) return false;
  const { name, workloads } = value.application;
  return typeof name === "string" && isObject(workloads);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
