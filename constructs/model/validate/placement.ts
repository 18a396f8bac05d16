import type { Route } from "../application";
import type { EnvironmentInput, Placement } from "../environment";
import { parseImage } from "../image";
import { didYouMean, oneOf, type Path } from "../problem";
import type { Workload } from "../workload";
import type { Report } from "./report";
import type { UsableApplication } from "./usable";
import { checkAutoscaling, checkResources, checkSchedule } from "./workloads";

/** What one environment says of one application, and what its profile demands of it. */
export function checkPlacement(
  report: Report,
  path: Path,
  input: EnvironmentInput,
  placement: Placement,
  { app, declared }: UsableApplication,
): void {
  checkKeys(report, [...path, "workloads"], placement.workloads, declared.workloads, "workload");
  checkKeys(report, [...path, "services"], placement.services, declared.services, "service");
  checkHosts(report, path, placement, app.routes ?? []);
  for (const [name, workload] of Object.entries(app.workloads)) {
    checkOverride(report, [...path, "workloads", name], placement, name, workload);
    if ((input.profile ?? "production") === "production") {
      checkReplicas(report, path, placement, name, workload);
      checkImage(report, path, input, placement, name, workload);
    }
  }
}

function checkKeys(
  report: Report,
  path: Path,
  given: object | undefined,
  known: readonly string[],
  what: string,
): void {
  for (const key of Object.keys(given ?? {})) {
    if (known.includes(key)) continue;
    report.add({ path: [...path, key], why: `no such ${what}`, fix: `use ${oneOf(known)}${didYouMean(key, known)}` });
  }
}

function checkHosts(report: Report, path: Path, placement: Placement, routes: readonly Route[]): void {
  const named = [...new Set(routes.map((route) => route.host))];
  checkKeys(report, [...path, "hosts"], placement.hosts, named, "host in the application's routes");
  for (const host of named) {
    if (placement.hosts?.[host] === undefined) {
      const fix = `give the domain of the host "${host}" that a route names`;
      report.add({ path: [...path, "hosts", host], why: "missing", fix });
    }
  }
  // Two host names of the application may be one domain here; their paths then meet.
  const taken = new Map<string, string>();
  for (const route of routes) {
    const domain = placement.hosts?.[route.host];
    if (domain === undefined) continue;
    const key = `${domain} ${route.path ?? "/"} ${route.pathType ?? "Prefix"}`;
    const other = taken.get(key);
    if (other !== undefined && other !== route.host) {
      const why = `hosts "${other}" and "${route.host}" are both ${domain} and both serve ${route.path ?? "/"}`;
      report.add({ path: [...path, "hosts", route.host], got: domain, why, fix: "give one of them another domain" });
    }
    taken.set(key, route.host);
  }
}

function checkOverride(report: Report, path: Path, placement: Placement, name: string, workload: Workload): void {
  const override = placement.workloads?.[name];
  if (override === undefined || !report.sound(path)) return;
  if (workload.kind === "cron") {
    if (override.schedule !== undefined) checkSchedule(report, [...path, "schedule"], override.schedule);
    for (const field of ["replicas", "autoscaling"] as const) {
      if (override[field] !== undefined) {
        report.add({ path: [...path, field], got: override[field], why: "a cron has no replicas", fix: "remove it" });
      }
    }
  } else {
    if (override.schedule !== undefined) {
      report.add({
        path: [...path, "schedule"],
        got: override.schedule,
        why: `a ${workload.kind} has no schedule`,
        fix: "remove it",
      });
    }
    if (override.autoscaling) checkAutoscaling(report, [...path, "autoscaling"], override.autoscaling);
    checkOnceOnly(report, path, placement, name, workload);
  }
  checkResources(report, [...path, "resources"], override.resources);
}

/** A zonal volume that one replica could have, and an override that asks for more. */
function checkOnceOnly(report: Report, path: Path, placement: Placement, name: string, workload: Workload): void {
  const zonal = Object.entries(workload.volumes ?? {}).find(([, volume]) => volume.access === "ReadWriteOnce");
  const least = leastPods(placement, name, workload);
  if (zonal !== undefined && least !== undefined && least.pods > 1 && least.overridden) {
    const why = `volume "${zonal[0]}" is ReadWriteOnce: a second pod in another zone stays pending`;
    report.add({
      path: [...path, "replicas"],
      got: least.pods,
      why,
      fix: 'use one replica, or make the volume "ReadWriteMany"',
    });
  }
}

function checkReplicas(report: Report, path: Path, placement: Placement, name: string, workload: Workload): void {
  const least = leastPods(placement, name, workload);
  const stateless = Object.values(workload.volumes ?? {}).every((volume) => volume.access !== "ReadWriteOnce");
  if (least === undefined || least.pods >= 2 || !stateless) return;
  report.add({
    path: [...path, "workloads", name, least.field],
    got: least.pods,
    why: "one pod is no pod while its node is drained",
    fix: 'use at least 2 in profile "production"',
  });
}

/** The fewest pods the workload runs with in this environment, and which field says so. `undefined` for a cron. */
function leastPods(
  placement: Placement,
  name: string,
  workload: Workload,
): { pods: number; field: string; overridden: boolean } | undefined {
  if (workload.kind === "cron") return undefined;
  const override = placement.workloads?.[name];
  const autoscaling = override?.autoscaling ?? workload.autoscaling;
  if (autoscaling)
    return { pods: autoscaling.min, field: "autoscaling", overridden: override?.autoscaling !== undefined };
  return {
    pods: override?.replicas ?? workload.replicas ?? 3,
    field: "replicas",
    overridden: override?.replicas !== undefined,
  };
}

function checkImage(
  report: Report,
  path: Path,
  input: EnvironmentInput,
  placement: Placement,
  name: string,
  workload: Workload,
): void {
  const given = placement.workloads?.[name]?.image ?? workload.image;
  const image = parseImage(given);
  const at = [...path, "workloads", name, "image"];
  if (image === undefined) return;
  if (image.tag === "latest" && image.digest === undefined) {
    report.add({ path: at, got: given, why: "nobody can say what runs", fix: "use a version tag, or add the digest" });
  } else if (input.images === "digest" && image.digest === undefined) {
    report.add({ path: at, got: given, why: 'the environment\'s images are "digest"', fix: "add @sha256:..." });
  }
}
