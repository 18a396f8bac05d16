import type { Path, Problem } from "../model/problem";
import { mostReplicas, type ResolvedApplication, type ResolvedService, type ResolvedWorkload } from "../model/resolved";
import { type Size, SIZES } from "../model/service";
import { concurrentRuns } from "./cron-job";
import { surge } from "./deployment";
import { poolOf } from "./fpm-pool";

/** Connections that a service takes at one time, by its size. */
export type ConnectionLimits = Readonly<Record<Size, number>>;

/** Connections for the Job that makes users, for whoever looks after it and for what the cloud itself asks it. */
export const KEPT = 10;

/** Connections that one workload opens to a service at most. */
export interface ConnectionUse {
  readonly workload: string;
  readonly connections: number;
  /** `api 16 pods x 7 processes` */
  readonly said: string;
}

/** Workloads that need the service, with the connections that each opens to it at most. */
export const connectionUses = (workloads: readonly ResolvedWorkload[], service: string): ConnectionUse[] =>
  workloads.map((workload) => useOf(workload, service)).filter(({ connections }) => connections > 0);

/**
 * Whether the application's workloads can open more connections to one of its databases than that takes: the last ones would
 * be refused, and with them requests, at the busiest time. `path` is the database's own.
 */
export function connectionProblems(
  { workloads }: Pick<ResolvedApplication, "workloads">,
  { name, sizing: { size } }: Pick<ResolvedService, "name" | "sizing">,
  limits: ConnectionLimits,
  path: Path,
): Problem[] {
  const uses = connectionUses(workloads, name);
  const wanted = uses.reduce((total, { connections }) => total + connections, 0);
  if (wanted + KEPT <= limits[size]) return [];
  const larger = SIZES.filter((candidate) => wanted + KEPT <= limits[candidate])[0];
  const why =
    `takes ${limits[size]} connections, ${KEPT} of them for its own care, and its workloads open up to ${wanted}: ` +
    uses.map(({ said }) => said).join(", ");
  const fewer =
    "a smaller autoscaling.max or replicas, a larger processMemory or a smaller memory limit of PHP-FPM, or fewer connections of other workloads";
  return [
    {
      path: [...path, "size"],
      got: size,
      why,
      fix: larger === undefined ? `use ${fewer}` : `use "${larger}" (${limits[larger]}), ${fewer}`,
    },
  ];
}

function useOf(workload: ResolvedWorkload, service: string): ConnectionUse {
  const edges = workload.edges.filter((edge) => edge.to === "service" && edge.service.name === service).length;
  const pods = podsOf(workload);
  const processes = workload.kind === "php-fpm" ? poolOf(workload).maxChildren : 1;
  const each = edges * workload.connections;
  return {
    workload: workload.name,
    connections: pods * processes * each,
    said: [
      `${workload.name} ${pods} pods`,
      ...(workload.kind === "php-fpm" ? [`${processes} processes`] : []),
      ...(each === 1 ? [] : [`${each} connections`]),
    ].join(" x "),
  };
}

/**
 * Most at one time: with those that a rolling update adds, and as many that are still stopping. Pods that stop for longer
 * beside them finish requests that they have, and take no new ones.
 */
function podsOf(workload: ResolvedWorkload): number {
  if (workload.kind === "cron") return concurrentRuns(workload);
  if (workload.kind === "release") return 1;
  const replicas = mostReplicas(workload);
  return replicas === 0 ? 0 : replicas + 2 * surge(workload, replicas);
}
