import { SYSTEM_NODES } from "../kubernetes/facts";
import type { JsonObject } from "../kubernetes/json";
import type { Labels } from "../kubernetes/objects";
import type { Environment } from "../model/resolved";

/** A preference, not a demand: a cluster without such nodes (Auto Mode, a laptop) runs add-ons as well. */
export const ON_SYSTEM_NODES = {
  tolerations: [{ key: SYSTEM_NODES.taintKey, operator: "Exists" }],
  affinity: {
    nodeAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        {
          weight: 100,
          preference: {
            matchExpressions: [{ key: SYSTEM_NODES.label.key, operator: "In", values: [SYSTEM_NODES.label.value] }],
          },
        },
      ],
    },
  },
} satisfies JsonObject;

/**
 * Pods with these labels in different zones. Tainted nodes do not count: a zone that is lost would otherwise stay the
 * emptiest one and keep a new pod pending.
 */
export function overZones(matchLabels: Labels): JsonObject[] {
  return [
    {
      maxSkew: 1,
      topologyKey: "topology.kubernetes.io/zone",
      whenUnsatisfiable: "DoNotSchedule",
      nodeTaintsPolicy: "Honor",
      labelSelector: { matchLabels },
      matchLabelKeys: ["pod-template-hash"],
    },
    {
      maxSkew: 1,
      topologyKey: "kubernetes.io/hostname",
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: { matchLabels },
      matchLabelKeys: ["pod-template-hash"],
    },
  ];
}

/** Pods of an add-on: as many as given in profile `production`, one in `small`. */
export function replicas(environment: Pick<Environment, "profile">, inProduction: number): number {
  return environment.profile === "production" ? inProduction : 1;
}

/** Requests and limits of one container; the memory limit is also the request, so it is never short of it. */
export function resources(cpu: string, memory: string, cpuLimit: string): JsonObject {
  return { requests: { cpu, memory }, limits: { cpu: cpuLimit, memory } };
}
