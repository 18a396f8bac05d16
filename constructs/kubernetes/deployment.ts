import type { ResolvedApplication, ResolvedReplicated } from "../model/resolved";
import { configChecksum } from "./config-map";
import { httpPod } from "./http";
import { ownerMetadata, selector } from "./labels";
import type { Deployment, TopologySpreadConstraint } from "./objects";
import { phpFpmPod } from "./php-fpm";
import { type PodParts, podTemplate } from "./pod";
import type { WiredWorkload } from "./provided";
import { reloadAnnotations } from "./reload";
import { progressDeadline } from "./rollout";
import { hasZonalDisk } from "./volumes";
import { workerPod } from "./worker";

/** A quarter more pods at a time, rounded up, and never one less than asked for. */
const ADD_THEN_REMOVE = { maxSurge: "25%", maxUnavailable: 0 };

/** Rolling update for a pod whose disk only one node can have: its successor would wait for it for ever. */
const REMOVE_THEN_ADD = { maxSurge: 0, maxUnavailable: 1 };

/** A process that dies at once after its first good answer does not count as available. */
const MIN_READY_SECONDS = 10;

/** Pods above the number wanted during a rolling update, as Kubernetes rounds it. */
export const surge = (workload: ResolvedReplicated, replicas: number): number =>
  hasZonalDisk(workload)
    ? REMOVE_THEN_ADD.maxSurge
    : Math.ceil((replicas * parseInt(ADD_THEN_REMOVE.maxSurge, 10)) / 100);

export function deployment(
  application: ResolvedApplication,
  wired: WiredWorkload,
  workload: ResolvedReplicated,
): Deployment {
  const template = podTemplate(
    application,
    wired,
    podParts(application, wired, workload),
    { restartPolicy: "Always", topologySpreadConstraints: spread(workload) },
    { "checksum/config": configChecksum(workload) },
  );
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: ownerMetadata(application, workload, reloadAnnotations(application, wired)),
    spec: {
      replicas: workload.replicas,
      revisionHistoryLimit: 5,
      progressDeadlineSeconds: progressDeadline(template, MIN_READY_SECONDS),
      minReadySeconds: MIN_READY_SECONDS,
      strategy: {
        type: "RollingUpdate",
        rollingUpdate: hasZonalDisk(workload) ? REMOVE_THEN_ADD : ADD_THEN_REMOVE,
      },
      selector: { matchLabels: selector(workload) },
      template,
    },
  };
}

function podParts(application: ResolvedApplication, wired: WiredWorkload, workload: ResolvedReplicated): PodParts {
  switch (workload.kind) {
    case "php-fpm":
      return phpFpmPod(application, wired, workload);
    case "http":
      return httpPod(application, wired, workload);
    case "worker":
      return workerPod(application, wired, workload);
  }
}

/**
 * Spread over zones first, then over nodes. Preferred, not required: while a zone is out its dead nodes still count as a
 * place, and a required spread would leave the replacements pending.
 */
function spread(workload: ResolvedReplicated): TopologySpreadConstraint[] {
  return ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: selector(workload) },
    matchLabelKeys: ["pod-template-hash"],
  }));
}
