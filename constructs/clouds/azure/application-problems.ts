import type { Path, Problem } from "../../model/problem";
import type { ResolvedApplication } from "../../model/resolved";
import { isKnownService } from "../../services/kinds";
import { serviceProblems } from "./services/cells";
import { SERVICE_NAMES } from "./services/names";

/** What Azure lacks of an application that is valid by itself. `path` is where its placement stands. */
export function applicationProblems(location: string, application: ResolvedApplication, path: Path): Problem[] {
  return [
    ...application.services.flatMap(({ name, service, sizing }): Problem[] =>
      isKnownService(service) && sizing.placement === "managed"
        ? serviceProblems(service.kind, { service, sizing, location }, [...path, "services", name])
        : [],
    ),
    ...secretProblems(application, path),
  ];
}

/**
 * Names that people type in a command must be the whole name: beyond the length that a vault takes, the end is a hash,
 * which is told apart but not recognised.
 */
function secretProblems(application: ResolvedApplication, path: Path): Problem[] {
  return application.secrets.flatMap(({ name, remoteKey, sealed }): Problem[] => {
    const whole = [application.environment, application.name, name].join("--");
    if (sealed !== undefined || whole.length <= SERVICE_NAMES.secret.max) return [];
    const why = `its place in Key Vault, "${whole}", is longer than ${SERVICE_NAMES.secret.max} characters`;
    return [{ path: [...path, "secrets", name], got: remoteKey, why, fix: "use a shorter name" }];
  });
}
