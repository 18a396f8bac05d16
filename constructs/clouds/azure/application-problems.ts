import type { Path, Problem } from "../../model/problem";
import type { ResolvedApplication } from "../../model/resolved";
import { isKnownService } from "../../services/kinds";
import { connectionProblems } from "../shared/connection-problems";
import { serviceProblems } from "./services/cells";
import { CONNECTIONS } from "./services/mysql";

/**
 * What Azure lacks of an application that is valid by itself. `path` is where its placement stands. What runs in the
 * cluster is asked of nobody here. A service and a secret may have one name: see `secretPlace`.
 */
export function applicationProblems(location: string, application: ResolvedApplication, path: Path): Problem[] {
  const services = application.services.flatMap(({ name, service, sizing }) =>
    isKnownService(service) && sizing.placement === "managed"
      ? serviceProblems(service.kind, { service, sizing, location }, [...path, "services", name])
      : [],
  );
  return [...services, ...connectionProblems(application, CONNECTIONS, path)];
}
