import type { ApplicationOverlay, EnvironmentOption } from "../environment";
import type { Path, Problem } from "../problem";
import { defaultPlacement } from "../resolve";

/** What an environment says of a managed service that its kind has and this cloud has not: it would be ignored without a word. */
export function lackingProblems(
  cloud: EnvironmentOption,
  { application, services }: ApplicationOverlay,
  path: Path,
): Problem[] {
  return Object.entries(services ?? {}).flatMap(([name, sizing]): Problem[] => {
    const service = application.services?.[name];
    if (service === undefined || (sizing.placement ?? defaultPlacement(cloud, service)) !== "managed") return [];
    const lacking = new Map(Object.entries(cloud.lacks?.(service) ?? {}));
    return Object.entries(sizing).flatMap(([field, got]): Problem[] => {
      const why = lacking.get(field);
      return why === undefined || got === undefined
        ? []
        : [{ path: [...path, "services", name, field], got, why, fix: "remove it" }];
    });
  });
}
