import type { Path, Problem } from "../../model/problem";
import type { ResolvedApplication, ResolvedService } from "../../model/resolved";
import { isKnownService } from "../../services/kinds";
import type { Place } from "./place";
import { serviceProblems } from "./services/cells";

/** What Google lacks of an application that is valid by itself. `path` is where its placement stands. */
export function applicationProblems(
  place: Pick<Place, "project" | "region">,
  application: ResolvedApplication,
  path: Path,
): Problem[] {
  return application.services.flatMap((given): Problem[] => {
    const at = [...path, "services", given.name];
    const own = managedProblems(place, application, given, at);
    const taken = application.secrets.some((secret) => secret.name === given.name);
    const why = "a secret of the application has this name, and both would be one secret in Secret Manager";
    return taken ? [...own, { path: at, why, fix: "rename one of them" }] : own;
  });
}

/** Of what runs in the cluster Google has no opinion. */
function managedProblems(
  place: Pick<Place, "project" | "region">,
  { name: application, environment }: ResolvedApplication,
  { name, service, sizing }: ResolvedService,
  path: Path,
): Problem[] {
  if (sizing.placement !== "managed" || !isKnownService(service)) return [];
  return serviceProblems({ service, sizing, name, application, environment, place }, path);
}
