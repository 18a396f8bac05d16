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

/** Problems of local disks: of what people send to the servers of a php-fpm pod, and of volumes that end with the pod. */
function diskProblems({ workloads }: ResolvedApplication, path: Path): Problem[] {
  return workloads.flatMap((workload): Problem[] => {
    const { name, podVolumes = [] } = workload;
    const at = [...path, "workloads", name];
    const bodies = workload.kind === "php-fpm" ? bodyDisk(workload) : 0;
    if (workload.kind === "php-fpm" && bodies > bytes(POD_DISK)) {
      return [
        {
          path: [...at, "maxBodySize"],
          got: workload.maxBodySize,
          why: `takes ${formatBytes(bodies)} of a node's disk for bodies that arrive, and Autopilot gives a pod ${POD_DISK}`,
          fix: 'use at most "256Mi"; larger files belong into a bucket, by a URL that the workload signs',
        },
      ];
    }
    const scratch = podVolumes.reduce(
      (sum, { ephemeral }) => sum + (ephemeral?.medium === "disk" ? bytes(ephemeral.size) : 0),
      0,
    );
    if (scratch === 0 || bodies + scratch <= bytes(POD_DISK)) return [];
    const why = `take ${formatBytes(bodies + scratch)} of a node's disk with what arrives, and Autopilot gives a pod ${POD_DISK}`;
    return [
      {
        path: [...at, "volumes"],
        why: `those that are ephemeral ${why}`,
        fix: "lower their sizes, or make one persistent",
      },
    ];
  });
}
