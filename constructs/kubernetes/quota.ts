import { domainsOf } from "../model/domains";
import { type Bytes, bytes, formatBytes, formatCpu, parseBytes, parseCpu } from "../model/quantity";
import { mostReplicas, type ResolvedApplication, type ResolvedWorkload, runsToItsEnd } from "../model/resolved";
import { concurrentRuns } from "./cron-job";
import { applicationMetadata } from "./labels";
import type {
  Container,
  CronJob,
  Deployment,
  Job,
  KubernetesObject,
  LimitRange,
  PodTemplate,
  ResourceQuota,
} from "./objects";
import { podsWhileRolling } from "./rollout";

/** What a container gets that asks for nothing: with a quota, a pod that asks for nothing is refused. */
const DEFAULTS = {
  default: { cpu: "100m", memory: "128Mi" },
  defaultRequest: { cpu: "10m", memory: "64Mi" },
};

export function limitRange(application: ResolvedApplication): LimitRange {
  return {
    apiVersion: "v1",
    kind: "LimitRange",
    metadata: applicationMetadata(application, "container-defaults"),
    spec: { limits: [{ type: "Container", ...DEFAULTS }] },
  };
}

type ContainerResources = Container["resources"];

/** Pods that there can be at one time of one template. */
export interface PodCount {
  readonly count: number;
  readonly containers: readonly ContainerResources[];
  /** Those that run first, of which the largest counts where all others together are smaller. @default - none */
  readonly initContainers?: readonly ContainerResources[];
}

/** A count of pods with what the containers of the template ask for. */
export const countOf = (count: number, template: PodTemplate): PodCount => ({
  count,
  containers: template.spec.containers.map(({ resources }) => resources),
  initContainers: template.spec.initContainers?.map(({ resources }) => resources),
});

/** What one pod counts for: as much as it takes at any time, while it starts or after that. */
export const requested = (
  { containers, initContainers = [] }: PodCount,
  of: (resources: ContainerResources) => number,
): number =>
  Math.max(
    containers.reduce((all, one) => all + of(one), 0),
    ...initContainers.map(of),
  );

/** Pods that answer for hosts whose certificates are being proved: one for each. */
export const solverPods = ({ routes }: Pick<ResolvedApplication, "routes">): PodCount => ({
  count: domainsOf(routes).length,
  containers: [{ requests: DEFAULTS.default, limits: DEFAULTS.default }],
});

/**
 * Admits everything the model can ask for at once and no more, so that what runs away stops at its own application.
 * External load balancers are for the route controller only.
 */
export function resourceQuota(
  application: ResolvedApplication,
  counts: readonly PodCount[],
  servers: readonly Bytes[] = [],
): ResourceQuota {
  const pods = [...counts, solverPods(application)];
  const sum = (of: (resources: ContainerResources) => number): number =>
    pods.reduce((total, pod) => total + pod.count * requested(pod, of), 0);
  const volumes = [
    ...application.workloads.flatMap((workload) => workload.volumes.map(({ size }) => size)),
    ...servers,
  ];
  return {
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata: applicationMetadata(application, "quota"),
    spec: {
      hard: {
        "requests.cpu": formatCpu(sum(({ requests }) => parsed(requests.cpu, parseCpu))),
        "requests.memory": formatBytes(sum(({ requests }) => parsed(requests.memory, parseBytes))),
        "limits.cpu": formatCpu(sum(({ limits }) => parsed(limits.cpu, parseCpu))),
        "limits.memory": formatBytes(sum(({ limits }) => parsed(limits.memory, parseBytes))),
        pods: String(pods.reduce((total, { count }) => total + count, 0)),
        persistentvolumeclaims: String(volumes.length),
        ...(volumes.length > 0 && {
          "requests.storage": formatBytes(volumes.reduce((total, size) => total + bytes(size), 0)),
        }),
        "services.loadbalancers": "0",
      },
    },
  };
}

/** The most that an autoscaler may make of it. */
const replicasOf = (workload: ResolvedWorkload, { spec }: Deployment): number =>
  runsToItsEnd(workload) ? spec.replicas : mostReplicas(workload);

/** Pods of a workload's object. */
export function podsOf(workload: ResolvedWorkload, object: Deployment | CronJob | Job): PodCount {
  switch (object.kind) {
    case "CronJob":
      return countOf(workload.kind === "cron" ? concurrentRuns(workload) : 1, object.spec.jobTemplate.spec.template);
    case "Job":
      return countOf(1, object.spec.template);
    case "Deployment":
      return countOf(podsWhileRolling(replicasOf(workload, object), object.spec), object.spec.template);
  }
}

/** Pods of a Job that belongs to no workload. */
export const jobPods = (object: KubernetesObject): PodCount[] =>
  object.kind === "Job" ? [countOf(1, object.spec.template)] : [];

function parsed(quantity: string, parse: (text: string) => number | undefined): number {
  const value = parse(quantity);
  if (value === undefined) throw new RangeError(`not a quantity: ${quantity}`);
  return value;
}
