import { bodyDisk } from "../../kubernetes/php-fpm";
import { type Bytes, bytes, formatBytes } from "../../model/quantity";
import type { Path, Problem } from "../../model/problem";
import type { ResolvedApplication, ResolvedService } from "../../model/resolved";
import { isKnownService } from "../../services/kinds";
import { connectionProblems } from "../shared/connection-problems";
import { nameProblems } from "./name-problems";
import type { Place } from "./place";
import { serviceProblems } from "./services/cells";
import { CONNECTIONS } from "./services/mysql";

/** What Google lacks of an application that is valid by itself. `path` is where its placement stands. */
export function applicationProblems(
  place: Pick<Place, "autopilot" | "policiesByName" | "project" | "region">,
  application: ResolvedApplication,
  path: Path,
): Problem[] {
  const services = application.services.flatMap((given): Problem[] => {
    const at = [...path, "services", given.name];
    const own = managedProblems(place, application, given, at);
    const taken = application.secrets.some((secret) => secret.name === given.name);
    const why = "a secret of the application has this name, and both would be one secret in Secret Manager";
    return taken ? [...own, { path: at, why, fix: "rename one of them" }] : own;
  });
  const disk = place.autopilot ? diskProblems(application, path) : [];
  const connections = connectionProblems(application, CONNECTIONS, path);
  const names = place.policiesByName === undefined ? [] : nameProblems(application, path);
  return [...services, ...keyProblems(application, path), ...connections, ...names, ...disk];
}

/** Keys for S3 clients that one service account may have, and a workload has one for each bucket. */
const KEYS = 10;

function keyProblems({ workloads }: ResolvedApplication, path: Path): Problem[] {
  return workloads.flatMap(({ name, edges }): Problem[] => {
    const needed = edges.flatMap((edge) => (edge.to === "service" ? [edge.service] : []));
    const buckets = needed.filter(({ service, sizing }) => service.kind === "bucket" && sizing.placement === "managed");
    const count = new Set(buckets.map((bucket) => bucket.name)).size;
    if (count <= KEYS) return [];
    const why = `needs ${count} buckets, and a service account has ${KEYS} keys for S3 clients at most`;
    return [{ path: [...path, "workloads", name], why, fix: "take prefixes of one bucket, or divide the workload" }];
  });
}

/** What Autopilot gives a general-purpose pod of its node's disk at most, all containers together. */
const POD_DISK: Bytes = "10Gi";

/** Only what people send to the servers of a php-fpm pod can come to that much. */
function diskProblems({ workloads }: ResolvedApplication, path: Path): Problem[] {
  return workloads.flatMap((workload): Problem[] => {
    if (workload.kind !== "php-fpm") return [];
    const { name, maxBodySize } = workload;
    const needed = bodyDisk(workload);
    if (needed <= bytes(POD_DISK)) return [];
    return [
      {
        path: [...path, "workloads", name, "maxBodySize"],
        got: maxBodySize,
        why: `takes ${formatBytes(needed)} of a node's disk for bodies that arrive, and Autopilot gives a pod ${POD_DISK}`,
        fix: 'use at most "256Mi"; larger files belong into a bucket, by a URL that the workload signs',
      },
    ];
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
