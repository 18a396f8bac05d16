import type { EnvironmentOption, ApplicationOverlay } from "../environment";
import type { Path, Problem } from "../problem";
import { placementsOf } from "../resolve";

/** What an environment says of a managed service that its kind has and this cloud has not: it would be ignored without a word. */
export function lackingProblems(
  cloud: EnvironmentOption,
  { application, services }: ApplicationOverlay,
  path: Path,
): Problem[] {
  return Object.entries(services ?? {}).flatMap(([name, sizing]): Problem[] => {
    const kind = application.services?.[name]?.kind;
    if (kind === undefined || (sizing.placement ?? placementsOf(cloud, kind)[0]) !== "managed") return [];
    const lacking = new Map(Object.entries(cloud.lacks?.[kind] ?? {}));
    return Object.entries(sizing).flatMap(([field, got]): Problem[] => {
      const why = lacking.get(field);
      return why === undefined || got === undefined
        ? []
        : [{ path: [...path, "services", name, field], got, why, fix: "remove it" }];
    });
  });
}
