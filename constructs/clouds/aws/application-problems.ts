import type { Path, Problem } from "../../model/problem";
import type { ResolvedApplication } from "../../model/resolved";
import { isKnownService } from "../../services/kinds";
import { connectionProblems } from "../shared/connection-problems";
import type { AwsRegion } from "./regions";
import { serviceProblems } from "./services/cells";
import { CONNECTIONS } from "./services/mysql";

/** What AWS lacks of an application that is valid by itself. `path` is where its placement stands. */
export function applicationProblems(region: AwsRegion, application: ResolvedApplication, path: Path): Problem[] {
  const services = application.services.flatMap(({ name, service, sizing }): Problem[] => {
    const at = [...path, "services", name];
    const managed = isKnownService(service) && sizing.placement === "managed";
    const own = managed ? serviceProblems(service.kind, { service, sizing, region }, at) : [];
    const taken = application.secrets.some((secret) => secret.name === name);
    const why = "a secret of the application has this name, and both would be one secret in Secrets Manager";
    return taken ? [...own, { path: at, why, fix: "rename one of them" }] : own;
  });
  return [...services, ...connectionProblems(application, CONNECTIONS, path)];
}
