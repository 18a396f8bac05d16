import type { ApplicationSpec, Route } from "../application";
import { MAX_JOB, secretKey, workloadName, type WorkloadNaming } from "../names";
import { didYouMean, oneOf, type Path } from "../problem";
import { USERS_JOBS } from "../service-users";
import { type AnyVolume, isPersistent } from "../volumes";
import { checkDefaultServices, checkDefaultWorkload } from "./defaults";
import { checkExternals } from "./externals";
import { checkObjectGroups } from "./object-groups";
import type { Report } from "./report";
import { checkRouteSettings } from "./routes";
import { applicationShape } from "./shape";
import { checkOwners } from "./teams";
import { hostNames, usableApplication, type UsableApplication } from "./usable";
import { checkWorkload } from "./workloads";

/**
 * Everything that can be said of an application without knowing an environment. Returns what of it can be checked
 * further.
 */
export function checkApplication(
  report: Report,
  path: Path,
  given: ApplicationSpec,
  naming: WorkloadNaming = workloadName,
): UsableApplication {
  report.add(...applicationShape(given, path));
  checkOwners(report, path, given);
  const usable = usableApplication(report, path, given);
  const { app } = usable;
  const attempt = (crossCheck: (report: Report, path: Path, usable: UsableApplication) => void): void => {
    report.attempt(() => {
      crossCheck(report, path, usable);
    });
  };
  attempt(checkNamesOnce);
  attempt(checkUsersJobs);
  for (const [name, service] of Object.entries(app.services ?? {})) {
    report.attempt(() => {
      report.add(...service.problems([...path, "services", name], hostNames(usable)));
    });
  }
  attempt(checkDefaultWorkload);
  attempt(checkDefaultServices);
  attempt(checkExternals);
  attempt(checkObjectGroups);
  attempt(checkSecretNames);
  for (const [name, workload] of Object.entries(app.workloads)) {
    report.attempt(() => {
      checkWorkload(report, [...path, "workloads", name], usable, { name, workload, naming });
    });
  }
  attempt(checkClaims);
  attempt(checkRoutes);
  attempt(checkRouteSettings);
  attempt(checkMainHost);
  return usable;
}

/** An edge names its target alone, so a name may stand for one thing only. */
function checkNamesOnce(report: Report, path: Path, { declared }: UsableApplication): void {
  const owners = new Map<string, string>();
  for (const group of ["workloads", "services", "externals", "objects"] as const) {
    for (const name of declared[group]) {
      const other = owners.get(name);
      const why = `"${name}" is also one of the ${other ?? ""}`;
      if (other === undefined) owners.set(name, group);
      else report.add({ path: [...path, group, name], why, fix: "rename one of the two" });
    }
  }
}

/** The Jobs for a service's users are called as workloads of these names would be. */
function checkUsersJobs(report: Report, path: Path, { app, declared }: UsableApplication): void {
  for (const [name, service] of Object.entries(app.services ?? {})) {
    if (service.users === undefined) continue;
    const jobs = Object.values(USERS_JOBS).map((job) => job(name));
    for (const job of jobs.filter((taken) => declared.workloads.includes(taken))) {
      const why = `a Job for the users of service "${name}" has this name`;
      report.add({ path: [...path, "workloads", job], why, fix: "rename it" });
    }
    const longest = workloadName(app.name, USERS_JOBS.retire(name));
    if (longest.length <= MAX_JOB) continue;
    const why = `a Job for its users would be named "${longest}"`;
    report.add({ path: [...path, "services", name], why, fix: `shorten it: a Job takes ${MAX_JOB} characters` });
  }
}

/** Secrets people make and those made for edges are keys of one Secret. */
function checkSecretNames(report: Report, path: Path, { app, declared }: UsableApplication): void {
  const made = new Set(
    Object.values(app.services ?? {}).flatMap(({ contract }) => Object.keys(contract.variables).map(secretKey)),
  );
  for (const name of declared.secrets) {
    const key = [...made].find((candidate) => name === candidate || name.endsWith(`-${candidate}`));
    if (key === undefined) continue;
    const why = `keys that end in "${key}" are for the services' connections`;
    report.add({ path: [...path, "secrets", name], why, fix: "rename it" });
  }
}

/** `a-b` with a volume `c` and `a` with a volume `b-c` would be one PersistentVolumeClaim. */
export function checkClaims(report: Report, path: Path, { app }: UsableApplication): void {
  const taken = new Map<string, string>();
  for (const [workload, { volumes }] of Object.entries(app.workloads)) {
    const at = [...path, "workloads", workload, "volumes"];
    if (!report.sound(at)) continue;
    const persistent = Object.entries<AnyVolume>(volumes ?? {}).filter(([, one]) => isPersistent(one));
    for (const [volume] of persistent) {
      const claim = `${workload}-${volume}`;
      const other = taken.get(claim);
      const why = `workload "${other ?? ""}" has a volume of which the claim has the same name`;
      if (other !== undefined) report.add({ path: [...at, volume], why, fix: "rename one of the volumes" });
      taken.set(claim, workload);
    }
  }
}

function checkRoutes(report: Report, path: Path, { app, declared, servable, routes }: UsableApplication): void {
  const taken = new Map<string, number>();
  for (const { route, index, matches } of routes) {
    const at = [...path, "routes", index];
    if (report.sound([...at, "to"]) && !servable.includes(route.to)) {
      const kind = app.workloads[route.to]?.kind;
      const broken = kind === undefined && declared.workloads.includes(route.to);
      const why = kind === undefined ? "no such workload" : `a ${kind} speaks no HTTP`;
      const fix = `use a workload that speaks HTTP: ${oneOf(servable)}`;
      if (!broken) report.add({ path: [...at, "to"], got: route.to, why, fix });
    }
    if (!matches) continue;
    const key = `${route.host} ${matchOf(route)}`;
    const other = taken.get(key);
    const why = `routes[${other ?? ""}] has the same host and path`;
    if (other === undefined) taken.set(key, index);
    else report.add({ path: at, got: route.path ?? "/", why, fix: "use another path" });
  }
}

function checkMainHost(report: Report, path: Path, { app: { mainHost: got }, routes }: UsableApplication): void {
  const at = [...path, "mainHost"];
  // A route whose host has no form may have meant this one.
  if (typeof got !== "string" || !report.sound(at) || routes.some(({ named }) => !named)) return;
  const known = [...new Set(routes.map(({ route }) => route.host))];
  if (known.includes(got)) return;
  const use = known.length === 0 ? "remove it" : `use ${oneOf(known)}, or false`;
  report.add({ path: at, got, why: "no route has this host", fix: `${use}${didYouMean(got, known)}` });
}

/** What two routes of one host must not share. A prefix is compared by path elements: `/a` and `/a/` are one. */
export function matchOf({ path = "/", pathType = "Prefix" }: Route): string {
  return pathType === "Prefix" ? `Prefix ${path.replace(/\/$/, "")}` : `Exact ${path}`;
}
