import type { Bytes } from "../model/quantity";
import type { KubernetesObject } from "./objects";
import { countOf, type PodCount } from "./quota";
import { podsWhileRolling } from "./rollout";

/** The first container of each node that RabbitMQ's operator makes has ended before the second starts, and is smaller. */
const nodes = (replicas: number, resources: PodCount["containers"][number]): PodCount => ({
  count: replicas,
  containers: [resources],
});

/** Pods of data services in the cluster. Those of a StatefulSet go before their successors come. */
export function serverPods(object: KubernetesObject): PodCount[] {
  switch (object.kind) {
    case "StatefulSet":
      return [countOf(object.spec.replicas, object.spec.template)];
    case "Deployment":
      return [countOf(podsWhileRolling(object.spec.replicas, object.spec), object.spec.template)];
    case "CronJob":
      // One of the schedule, and one that somebody starts by hand, as a restore is.
      return [countOf(2, object.spec.jobTemplate.spec.template)];
    case "RabbitmqCluster":
      return [nodes(object.spec.replicas, object.spec.resources)];
    default:
      return [];
  }
}

/** Their disks, one entry each. */
export function serverStorage(object: KubernetesObject): Bytes[] {
  if (object.kind === "PersistentVolumeClaim") return [object.spec.resources.requests.storage];
  if (object.kind !== "RabbitmqCluster") return [];
  const { persistence, replicas } = object.spec;
  return Array.from({ length: replicas }, () => persistence.storage);
}
