import type { Edge, ResolvedApplication, ResolvedWorkload, WorkloadEdge } from "../../model/resolved";
import type { Dependency } from "./document";
import { hasHealth } from "./health";
import { sendsMail } from "./mail";
import { MAIL_CATCHER, PERMISSIONS } from "./names";
import { COMPLETED, HEALTHY } from "./parts";
import { serverName } from "./servers/provisioners";

/**
 * What a workload waits for, by the names of containers: whatever it has an edge to, and what a release runs first, as
 * in a cluster. A release waits for no other workload, as they wait for it, and of two that need each other neither does.
 */
export function dependenciesOf(
  application: ResolvedApplication,
  workload: ResolvedWorkload,
): Readonly<Record<string, Dependency>> {
  const { workloads } = application;
  const servers = workload.edges.flatMap((edge) => (edge.to === "service" ? [serverName(edge.service)] : []));
  const releases = workload.kind === "release" ? [] : workloads.filter(({ kind }) => kind === "release");
  const called = workload.kind === "release" ? [] : targets(application, workload);
  const names: readonly (readonly [string, Dependency])[] = [
    ...servers.map((name) => [name, HEALTHY] as const),
    ...(sendsMail(workload) ? [[MAIL_CATCHER, HEALTHY] as const] : []),
    ...(workload.volumes.length > 0 ? [[PERMISSIONS, COMPLETED] as const] : []),
    ...releases.map(({ name }) => [name, COMPLETED] as const),
    ...called.filter((target) => !reaches(application, target, workload)).map(({ name }) => [name, HEALTHY] as const),
  ];
  return Object.fromEntries(names);
}

const isCall = (edge: Edge): edge is WorkloadEdge => edge.to === "workload";

/** Workloads that it calls, of which one can wait for the health. */
function targets({ workloads }: ResolvedApplication, { edges }: ResolvedWorkload): ResolvedWorkload[] {
  const called = edges.filter(isCall).map(({ workload }) => workload);
  return workloads.filter((other) => called.includes(other.name) && hasHealth(other));
}

/** Whether a way of calls leads from one workload to another. */
function reaches(application: ResolvedApplication, from: ResolvedWorkload, to: ResolvedWorkload): boolean {
  const seen = new Set<ResolvedWorkload>();
  const next = [from];
  for (let one = next.pop(); one !== undefined; one = next.pop()) {
    if (one === to) return true;
    if (!seen.has(one)) next.push(...targets(application, one));
    seen.add(one);
  }
  return false;
}
