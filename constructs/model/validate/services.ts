import { type ApplicationOverlay, type EnvironmentInput, OFF } from "../environment";
import { exporterName } from "../exporter";
import { BACKUP_SUFFIXES, IN_CLUSTER_SUFFIXES, MAX_IN_CLUSTER, workloadName } from "../names";
import { didYouMean, oneOf, type Path, type Problem } from "../problem";
import { environmentDefaults, placementsOf, sayablePlacements } from "../resolve";
import type { Service, ServicePlacement, ServiceSizing } from "../service";
import { externalProblems } from "./external-servers";
import type { Report } from "./report";
import { hostNames, isObject, type UsableApplication } from "./usable";

/** What it says, without the fields that have no form. */
const soundOnly = (report: Report, sizing: ServiceSizing, path: Path): ServiceSizing =>
  Object.fromEntries(Object.entries(sizing).filter(([field]) => report.sound([...path, field])));

const isMeasured = (report: Report, path: Path, { observability }: EnvironmentInput): boolean =>
  (observability ?? OFF) !== OFF && report.sound([...path.slice(0, 2), "observability"]);

/** What one environment says of an application's services: who runs each, how large, and which may move. */
export function checkServices(
  report: Report,
  path: Path,
  input: EnvironmentInput,
  overlay: ApplicationOverlay,
  usable: UsableApplication,
): void {
  checkMoves(report, [...path, "moves"], overlay, usable.declared.services);
  const sizings = new Map(Object.entries(isObject(overlay.services) ? overlay.services : {}));
  for (const [name, service] of Object.entries(usable.app.services ?? {})) {
    const at = [...path, "services", name];
    const given: unknown = sizings.get(name) ?? {};
    if (!isObject(given) || !report.sound([...path.slice(0, 2), "cloud"])) continue;
    const offered = placementsOf(input.cloud, service);
    const sizing: ServiceSizing = given;
    const where = sizing.placement ?? offered[0];
    if (!report.sound([...at, "placement"])) continue;
    if (where === undefined || offered.length === 0) {
      report.add(withoutProvisioner(input, service, at));
      continue;
    }
    const sayable = sayablePlacements(input.cloud, service);
    if (!sayable.includes(where)) {
      const reason =
        where === "managed"
          ? input.cloud.notManaged?.(service)
          : where === "in-cluster"
            ? reasonAt(service, "in-cluster")
            : undefined;
      const why = `${input.cloud.title} has no ${where} ${service.kind}${reason === undefined ? "" : `: ${reason}`}`;
      report.add({ path: [...at, "placement"], got: where, why, fix: `use ${oneOf(sayable)}` });
      continue;
    }
    checkSizes(report, at, service, where, sizing);
    if (where === "external") {
      if (report.sound([...at, "external"])) report.add(...externalProblems({ name, service, sizing }, usable, at));
      continue;
    }
    checkNotExternal(report, at, where, sizing);
    if (isMeasured(report, path, input)) checkExporter(report, at, usable, { name, service });
    checkMachine(report, at, sizing);
    const { parameters } = sizing;
    if (parameters !== undefined && report.sound([...at, "parameters"])) {
      const isImported = sizing.imported !== undefined;
      report.add(...(service.parameters?.problems(parameters, [...at, "parameters"], isImported) ?? []));
    }
    report.add(...(service.override?.problems(soundOnly(report, sizing, at), at, hostNames(usable)) ?? []));
    if (where === "managed") continue;
    checkCopies(report, at, service, sizing);
    if (service.aloneInCluster === true) checkAlone(report, at, input, service, sizing);
    checkNames(report, path, usable, { name, service, sizing });
  }
}

/** Reason that a kind of another program has in place of a provisioner. One behind a getter is loaded when its place asks, and not here. */
function reasonAt({ provisioners = {} }: Service, place: string): string | undefined {
  const value: unknown = Object.getOwnPropertyDescriptor(provisioners, place)?.value;
  return isObject(value) && "notHere" in value ? String(value.notHere) : undefined;
}

/** Problem of a kind that another program defined: what it has provisioners for is known, and this cloud is not among it. */
function withoutProvisioner({ cloud }: EnvironmentInput, service: Service, path: Path): Problem {
  const { kind, provisioners = {} } = service;
  const all = Object.keys(provisioners);
  const places = all.filter((place) => reasonAt(service, place) === undefined);
  const inCluster = reasonAt(service, "in-cluster");
  const reasons = [
    // Of a place that is in no entry, whoever is asked says that it has none.
    ...(places.length < all.length ? [cloud.notManaged?.(service)] : []),
    ...(inCluster === undefined ? [] : [`in the cluster: ${inCluster}`]),
  ].filter((reason) => reason !== undefined);
  const none = `${kind} has no provisioner for ${cloud.title} and none for its cluster`;
  const has = places.length === 0 ? "there is none for any place" : `it has one for ${places.join(", ")}`;
  return {
    path,
    got: kind,
    why: [none, ...(reasons.length === 0 ? [] : [reasons.join("; ")])].join(": "),
    fix: `give defineService() one, or use another service or cloud; ${has}`,
  };
}

const PLACED: Readonly<Record<ServicePlacement, string>> = {
  managed: "",
  "in-cluster": "in the cluster ",
  external: "that somebody else runs ",
};

/** Nobody takes a server for another's that is the application's own. */
function checkNotExternal(report: Report, path: Path, where: ServicePlacement, { external }: ServiceSizing): void {
  if (external === undefined || !report.sound([...path, "external"])) return;
  const why = `the placement is "${where}", so that nobody would connect to it`;
  report.add({ path: [...path, "external"], why, fix: 'remove it, or use placement "external"' });
}

/** One of the two would count for nothing. */
function checkMachine(report: Report, path: Path, { machine, size }: ServiceSizing): void {
  if (machine === undefined || size === undefined || !report.sound([...path, "machine"])) return;
  const why = `the size "${size}" stands for a machine too`;
  report.add({ path: [...path, "machine"], got: machine, why, fix: "give one of the two" });
}

/** A size that a kind of service does not have would be ignored without a word. */
function checkSizes(
  report: Report,
  path: Path,
  { kind, sizes }: Service,
  where: ServicePlacement,
  sizing: ServiceSizing,
): void {
  const known: readonly string[] = sizes[where] ?? [];
  for (const [field, got] of Object.entries(sizing)) {
    const at = [...path, field];
    if (
      field === "placement" ||
      field === "external" ||
      known.includes(field) ||
      got === undefined ||
      !report.sound(at)
    )
      continue;
    const fix = known.length === 0 ? "remove it" : `remove it; it has ${oneOf(known)}`;
    const why = `a ${kind} ${PLACED[where]}has no ${field}`;
    report.add({ path: at, got, why, fix });
  }
}

/** Nobody loses a standby unawares that the profile has by default. */
function checkAlone(
  report: Report,
  path: Path,
  input: EnvironmentInput,
  service: Service,
  { highAvailability: got }: ServiceSizing,
): void {
  const { kind } = service;
  const at = [...path, "highAvailability"];
  if (!report.sound(at) || got === false) return;
  if (got === undefined && environmentDefaults(input).profile !== "production") return;
  const why = `${got === undefined ? "missing: " : ""}a ${kind} in the cluster has no standby`;
  const other = placementsOf(input.cloud, service).includes("managed") ? ', or use placement "managed"' : "";
  report.add({ path: at, got, why, fix: `say false to do without${other}` });
}

const copySuffixes = ({ copied }: Service): string[] =>
  copied === "log" ? Object.values(BACKUP_SUFFIXES) : [BACKUP_SUFFIXES.whole];

/** A pause of a log that there is not would promise what no copy keeps. */
function checkCopies(report: Report, path: Path, { copied, kind }: Service, { backups }: ServiceSizing): void {
  const at = [...path, "backups", "logMinutes"];
  if (copied === "log" || !isObject(backups) || backups.logMinutes === undefined || !report.sound(at)) return;
  const why = `a ${kind} has no log of its changes that could be copied`;
  report.add({ path: at, got: backups.logMinutes, why, fix: "remove it, and say in schedule when it is copied whole" });
}

/** What it is made of has names of the same kind as workloads and other services. */
function checkNames(
  report: Report,
  path: Path,
  { app, declared }: UsableApplication,
  { name, service, sizing }: { readonly name: string; readonly service: Service; readonly sizing: ServiceSizing },
): void {
  const whole = workloadName(app.name, name);
  const at = [...path, "services", name];
  if (whole.length > MAX_IN_CLUSTER) {
    const why = `its StatefulSet would be named "${whole}"`;
    report.add({ path: at, why, fix: `shorten it: a StatefulSet of the cluster takes ${MAX_IN_CLUSTER} characters` });
  }
  for (const suffix of [...IN_CLUSTER_SUFFIXES, ...(sizing.backups === undefined ? [] : copySuffixes(service))]) {
    const taken = `${name}-${suffix}`;
    if (!declared.workloads.includes(taken) && !declared.services.includes(taken)) continue;
    report.add({ path: at, why: `"${taken}" has a name that it needs in the cluster`, fix: "rename one of the two" });
  }
}

/** What measures a service is called as a workload or a service of this name would be, where the environment is measured. */
function checkExporter(
  report: Report,
  path: Path,
  { declared }: UsableApplication,
  { name, service }: { readonly name: string; readonly service: Service },
): void {
  const taken = exporterName(name);
  if (service.exporter === undefined) return;
  if (!declared.workloads.includes(taken) && !declared.services.includes(taken)) return;
  const why = `"${taken}" has the name of its exporter, as the environment is measured`;
  report.add({ path, why, fix: 'rename one of the two, or use observability "off"' });
}

function checkMoves(report: Report, path: Path, { moves }: ApplicationOverlay, services: readonly string[]): void {
  const given: unknown = moves;
  if (!Array.isArray(given) || !report.sound(path)) return;
  given.forEach((name: unknown, index) => {
    if (typeof name !== "string" || services.includes(name)) return;
    const fix = `use ${oneOf(services)}${didYouMean(name, services)}`;
    report.add({ path: [...path, index], got: name, why: "no such service", fix });
  });
}
