import { bodyDisk } from "../../kubernetes/php-fpm";
import type { Path, Problem } from "../../model/problem";
import { type Bytes, bytes, formatBytes } from "../../model/quantity";
import type { ResolvedApplication } from "../../model/resolved";
import { secretNameProblems } from "../shared/secret-names";
import { nameProblems } from "./name-problems";
import type { Place } from "./place";
import { schedulingProblems } from "./scheduling-problems";
import { askedOf, GOOGLE_SERVICES } from "./services/provisioners";

/** What Google lacks of an application that is valid by itself. `path` is where its placement stands. */
export function applicationProblems(
  place: Parameters<typeof askedOf>[0] & Pick<Place, "autopilot" | "policiesByName">,
  application: ResolvedApplication,
  path: Path,
): Problem[] {
  return [
    ...GOOGLE_SERVICES.problems(application, askedOf(place), path),
    ...secretNameProblems(application, "Secret Manager", path),
    ...keyProblems(application, path),
    ...(place.policiesByName === undefined ? [] : nameProblems(application, path)),
    ...(place.autopilot ? [...diskProblems(application, path), ...schedulingProblems(application, path)] : []),
  ];
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

/** Problems of local disks: only what people send to the servers of a php-fpm pod can come to that much. */
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
