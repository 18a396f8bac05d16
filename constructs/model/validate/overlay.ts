import { given } from "../by-name";
import type { ContainerSpec } from "../containers";
import type { ApplicationOverlay, EnvironmentInput, WorkloadOverride } from "../environment";
import { parseImage } from "../image";
import { CLOUDS_WITH_PERMISSIONS } from "../permissions";
import { didYouMean, oneOf, type Path } from "../problem";
import { environmentDefaults } from "../resolve";
import { withOverride } from "../resolve-workload";
import { runsToItsEnd } from "../resolved";
import type { Workload } from "../workload";
import { checkClaims, matchOf } from "./application";
import { checkContainerSecrets, checkMountedSecrets } from "./container-secrets";
import { checkEdges } from "./edges";
import { checkHelmReaders } from "./helm-readers";
import { checkMetrics } from "./metrics";
import { checkObjectsHere, usableHere } from "./object-groups";
import { checkPatches } from "./patches";
import { checkPermissions } from "./permissions";
import { checkQueue } from "./queue-rules";
import { checkRedirectsHere } from "./redirects";
import { checkReplicas, checkZonalVolumes } from "./replicas";
import type { Report } from "./report";
import { checkRouteOverrides, checkTimesOfRoutes } from "./routes";
import { checkSealed } from "./sealed";
import { checkServices } from "./services";
import { isObject, overrideOf, type UsableApplication } from "./usable";
import { checkOverridden } from "./workloads";

/** What one environment says of one application, and what its profile demands of it. */
export function checkOverlay(
  report: Report,
  path: Path,
  input: EnvironmentInput,
  overlay: ApplicationOverlay,
  usable: UsableApplication,
): void {
  const { app, declared } = usable;
  checkKeys(report, [...path, "workloads"], overlay.workloads, declared.workloads, "workload");
  checkKeys(report, [...path, "services"], overlay.services, declared.services, "service");
  checkClosed(report, [...path, "closed"], overlay, declared.externals);
  for (const crossCheck of [
    () => {
      checkHosts(report, path, overlay, usable);
    },
    () => {
      checkRouteOverrides(report, path, overlay, usable);
    },
    () => {
      checkRedirectsHere(report, path, overlay, usable);
    },
    () => {
      checkTimesOfRoutes(report, path, overlay, usable);
    },
    () => {
      checkServices(report, path, input, overlay, usable);
    },
    () => {
      checkSealed(report, path, input, overlay, usable);
    },
    () => {
      checkPatches(report, path, input, overlay, usable);
    },
    () => {
      checkObjectsHere(report, path, overlay, usable);
    },
    () => {
      checkClaimsHere(report, path, overlay, usable);
    },
    ...Object.entries(app.workloads).map(([name, base]) => () => {
      checkWorkloadHere(report, path, input, overlay, usableHere(overlay, usable), name, base);
    }),
  ]) {
    report.attempt(crossCheck);
  }
}

function checkWorkloadHere(
  report: Report,
  path: Path,
  input: EnvironmentInput,
  overlay: ApplicationOverlay,
  usable: UsableApplication,
  name: string,
  base: Workload,
): void {
  const { app } = usable;
  const paths = { base: ["applications", app.name, "workloads", name], override: [...path, "workloads", name] };
  const environment = path.slice(0, path.indexOf("applications"));
  const override = overrideOf(overlay, name);
  const effective = withOverride(base, override);
  if (override !== undefined) {
    checkApplicable(report, paths, base, override);
    checkOverridden(report, paths, base, effective);
    // Its own variables again, as the environment's may meet an edge's.
    const variables = [override.config, override.secrets, override.needs].some((given) => given !== undefined);
    const changed = variables && report.sound(paths.override) && report.sound(paths.base);
    // Where it says nothing of its own variables, those of the application count beside what it says.
    const config = override.config ?? effective.config;
    if (changed) checkEdges(report, paths.override, usable, name, { ...effective, config });
    const { initContainers, sidecars } = override;
    checkContainerSecrets(report, paths.override, usable, { ...base, initContainers, sidecars } as Workload);
    checkMountedSecrets(report, paths.override, usable, { ...effective, volumes: given(override.volumes ?? {}) });
    checkTakenAway(report, paths.override, base, override);
    checkPermissionsTakenAway(report, paths.override, base, override);
  }
  checkZonalVolumes(report, paths, effective);
  checkHelmReaders(report, paths, input, usable, effective);
  checkPermissions(report, paths, input, effective);
  checkMetrics(report, { ...paths, environment }, input, effective);
  checkQueue(report, { ...paths, environment }, input, usable, effective);
  if (environmentDefaults(input).profile === "production") {
    checkReplicas(report, paths, effective);
  }
  if (environmentDefaults(input).profile === "production" || input.images === "digest") {
    checkImages(report, paths, input, effective);
  }
}

/** Claims of the volumes as this environment has them, where it says anything of volumes. */
function checkClaimsHere(report: Report, path: Path, overlay: ApplicationOverlay, usable: UsableApplication): void {
  const { app } = usable;
  const overridden = Object.values(overlay.workloads ?? {}).some(({ volumes }) => volumes !== undefined);
  if (!overridden || !report.sound(["applications", app.name]) || !report.sound([...path, "workloads"])) return;
  const workloads = Object.fromEntries(
    Object.entries(app.workloads).map(([name, one]) => [name, withOverride(one, overrideOf(overlay, name))]),
  );
  checkClaims(report, path, { ...usable, app: { ...app, workloads } });
}

function checkKeys(report: Report, path: Path, given: unknown, known: readonly string[], what: string): void {
  for (const key of isObject(given) ? Object.keys(given) : []) {
    if (known.includes(key)) continue;
    report.add({ path: [...path, key], why: `no such ${what}`, fix: `use ${oneOf(known)}${didYouMean(key, known)}` });
  }
}

function checkClosed(report: Report, path: Path, { closed }: ApplicationOverlay, known: readonly string[]): void {
  if (!Array.isArray(closed) || !report.sound(path)) return;
  (closed as readonly string[]).forEach((name, index) => {
    if (known.includes(name)) return;
    const fix = `use ${oneOf(known)}${didYouMean(name, known)}`;
    report.add({ path: [...path, index], got: name, why: "no such external", fix });
  });
}

function checkHosts(
  report: Report,
  path: Path,
  overlay: ApplicationOverlay,
  { app, routes: all }: UsableApplication,
): void {
  // A route whose host has no form may have meant any of the hosts.
  if (all.some((route) => !route.named)) return;
  const named = [...new Set(all.map(({ route }) => route.host))];
  checkKeys(report, [...path, "hosts"], overlay.hosts, named, "host in the application's routes");
  const hosts = new Map(Object.entries(isObject(overlay.hosts) ? overlay.hosts : {}));
  for (const host of named.filter((name) => !hosts.has(name))) {
    const fix = `give the domain of the host "${host}" that a route names`;
    report.add({ path: [...path, "hosts", host], why: "missing", fix });
  }
  // Two host names of the application may be one domain here; their paths then meet.
  const taken = new Map<string, string>();
  for (const route of app.routes ?? []) {
    const domain = hosts.get(route.host);
    if (typeof domain !== "string" || !report.sound([...path, "hosts", route.host])) continue;
    const key = `${domain} ${matchOf(route)}`;
    const other = taken.get(key);
    if (other !== undefined && other !== route.host) {
      const why = `hosts "${other}" and "${route.host}" are both ${domain} and both serve ${route.path ?? "/"}`;
      report.add({ path: [...path, "hosts", route.host], got: domain, why, fix: "give one of them another domain" });
    }
    taken.set(key, route.host);
  }
}

/** What is not there cannot be taken away. */
function checkTakenAway(report: Report, path: Path, base: Workload, override: WorkloadOverride): void {
  const there = {
    volumes: base.volumes,
    initContainers: base.initContainers,
    sidecars: "sidecars" in base ? base.sidecars : undefined,
  };
  for (const field of ["volumes", "initContainers", "sidecars"] as const) {
    const known = Object.keys(there[field] ?? {});
    for (const [name, given] of Object.entries(override[field] ?? {})) {
      if (given !== false || known.includes(name)) continue;
      const fix = `use ${oneOf(known)}${didYouMean(name, known)}`;
      report.add({
        path: [...path, field, name],
        why: `the application has no such ${field === "volumes" ? "volume" : "container"} to take away`,
        fix,
      });
    }
  }
}

/** The same of permissions, cloud by cloud. */
function checkPermissionsTakenAway(report: Report, path: Path, base: Workload, override: WorkloadOverride): void {
  for (const cloud of CLOUDS_WITH_PERMISSIONS) {
    const known = Object.keys(base.permissions?.[cloud] ?? {});
    for (const [name, given] of Object.entries<object | false>(override.permissions?.[cloud] ?? {})) {
      if (given !== false || known.includes(name)) continue;
      report.add({
        path: [...path, "permissions", cloud, name],
        why: "the application has no such permission to take away",
        fix: `use ${oneOf(known)}${didYouMean(name, known)}`,
      });
    }
  }
}

/** Fields that do nothing for this kind of workload. */
function checkApplicable(
  report: Report,
  paths: { readonly base: Path; readonly override: Path },
  base: Workload,
  override: WorkloadOverride,
): void {
  const say = (field: keyof WorkloadOverride, why: string, fix = "remove it"): void => {
    const at = [...paths.override, field];
    if (override[field] !== undefined && report.sound(at)) report.add({ path: at, got: override[field], why, fix });
  };
  if (base.kind !== "cron") say("schedule", `a ${base.kind} has no schedule`);
  if (runsToItsEnd(base)) {
    say("replicas", `a ${base.kind} has no replicas`);
    say("autoscaling", `a ${base.kind} has no replicas`);
    say("sidecars", `a ${base.kind} ends, and a sidecar would not`);
    for (const probe of ["startup", "liveness", "readiness"] as const) {
      say(probe, `a ${base.kind} is not asked for its health`);
    }
    say("requestSeconds", `a ${base.kind} answers no requests`);
    say("objectives", `a ${base.kind} answers no requests`);
    return;
  }
  if (base.kind === "worker") {
    say("readiness", "a worker answers no requests");
    say("requestSeconds", "a worker answers no requests");
    say("objectives", "a worker answers no requests");
  }
  const scaled = override.autoscaling ?? base.autoscaling;
  if (scaled && report.sound([...paths.base, "autoscaling"]))
    say("replicas", "the autoscaler decides", "remove it, or set autoscaling to false");
}

/** Every image that a workload's pods run, with its field. */
function imagesOf(workload: Workload): [Path, string | undefined][] {
  const containers = (field: "initContainers" | "sidecars", all: Readonly<Record<string, ContainerSpec>> = {}) =>
    Object.entries(all).map(([name, { image }]): [Path, string] => [[field, name, "image"], image]);
  return [
    [["image"], workload.image],
    [["nginxImage"], workload.kind === "php-fpm" ? workload.nginxImage : undefined],
    ...containers("initContainers", workload.initContainers),
    ...("sidecars" in workload ? containers("sidecars", workload.sidecars) : []),
  ];
}

function checkImages(
  report: Report,
  paths: { readonly base: Path; readonly override: Path },
  input: EnvironmentInput,
  workload: Workload,
): void {
  for (const [field, text] of undigested(workload)) {
    if (!report.sound([...paths.base, ...field]) || !report.sound([...paths.override, ...field])) continue;
    const at = { path: [...paths.override, ...field], got: text };
    if (parseImage(text)?.tag === "latest") {
      report.add({ ...at, why: "nobody can say what runs", fix: "use a version tag, or add the digest" });
    } else if (input.images === "digest") {
      report.add({ ...at, why: 'the environment\'s images are "digest"', fix: "add @sha256:..." });
    }
  }
}

/** Images that may change under their tags. */
function undigested(workload: Workload): [Path, string][] {
  return imagesOf(workload).flatMap(([field, text]): [Path, string][] => {
    const image = text === undefined ? undefined : parseImage(text);
    return text === undefined || image === undefined || image.digest !== undefined ? [] : [[field, text]];
  });
}

/** Images without a digest, of a workload that is to have no others. */
export function checkDigests(report: Report, path: Path, workload: Workload): void {
  for (const [field, got] of undigested(workload)) {
    const at = [...path, ...field];
    if (report.sound(at)) report.add({ path: at, got, why: 'images are "digest"', fix: "add @sha256:..." });
  }
}
