import { parseBytes, parseCpu } from "../model/quantity";
import { mostReplicas, type ResolvedWorkload, runsToItsEnd } from "../model/resolved";
import type { CronJob, Deployment, Job, KubernetesObject } from "./objects";
import { countOf, type PodCount, podsOf, requested } from "./quota";
import { surgeOf } from "./rollout";
import { serverPods } from "./server-quota";

/*
 * What nodes have to have room for. A quota counts pods that are still stopping as well, as the API server does; here are
 * those that have to be placed while everything else runs.
 */

/** Pods that are alike, as the scheduler sees them: by what they request. */
export interface PodDemand {
  /** Whose they are, for people: `my-app / backend`, `platform / traefik`. */
  readonly name: string;
  /** The most at one time. Of a DaemonSet none: it is `perNode`. */
  readonly count: number;
  /** Thousandths of a core that one requests. */
  readonly cpu: number;
  /** Bytes that one requests. */
  readonly memory: number;
  /** Whether they may run on nodes that are kept for add-ons. @default false */
  readonly onSystemNodes?: true;
  /** Whether every node has one of them. @default false */
  readonly perNode?: true;
}

/** Pods of a count with another count, as demand. */
export const demandOf = (name: string, pods: PodCount, count = pods.count): PodDemand => ({
  name,
  count,
  cpu: requested(pods, ({ requests }) => parseCpu(requests.cpu) ?? 0),
  memory: requested(pods, ({ requests }) => parseBytes(requests.memory) ?? 0),
});

/** Most that a rolling update has running at one time: all that are wanted, and those above them. */
const whileRolling = (replicas: number, { spec }: Deployment): number => replicas + surgeOf(replicas, spec.strategy);

/** Pods of a workload: an autoscaler's maximum with the surge of an update, a CronJob's runs that overlap, one of a Job. */
export function workloadDemand(
  name: string,
  workload: ResolvedWorkload,
  object: Deployment | CronJob | Job,
): PodDemand {
  const counted = podsOf(workload, object);
  if (object.kind !== "Deployment") return demandOf(name, counted);
  const replicas = runsToItsEnd(workload) ? object.spec.replicas : mostReplicas(workload);
  return demandOf(name, countOf(whileRolling(replicas, object), object.spec.template));
}

/** Pods of a data service in the cluster. */
export const serverDemand = (name: string, object: KubernetesObject): PodDemand[] =>
  object.kind === "Deployment"
    ? [demandOf(name, countOf(whileRolling(object.spec.replicas, object), object.spec.template))]
    : serverPods(object).map((pods) => demandOf(name, pods));
