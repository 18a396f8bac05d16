import type { Environment } from "../model/resolved";
import type { Addon } from "./addon";
import { ON_SYSTEM_NODES, overZones, replicas, resources } from "./scheduling";

const NAME = "reloader";

/**
 * Replaces the pods of a Deployment when a Secret or ConfigMap that it names in an annotation has changed: variables do
 * not follow by themselves, and Terraform, which never sees the values, cannot know of it.
 */
export function reloader(environment: Pick<Environment, "profile">): Addon {
  const count = replicas(environment, 2);
  return {
    name: NAME,
    namespace: NAME,
    chart: { repository: "https://stakater.github.io/stakater-charts", name: NAME, version: "2.2.16" },
    images: (placeOf) => ({ image: { repository: placeOf("ghcr.io/stakater/reloader") } }),
    values: () => ({
      reloader: {
        // A note in the pod template, which Terraform is told to leave alone, and no variable in the container.
        reloadStrategy: "annotations",
        // Only what a Deployment names; a CronJob takes new values at its next run, a Job of a release has had its own.
        autoReloadAll: false,
        ignoreJobs: true,
        ignoreCronJobs: true,
        logFormat: "json",
        enableHA: count > 1,
        readOnlyRootFileSystem: true,
        deployment: {
          replicas: count,
          containerSecurityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ["ALL"] },
          },
          resources: resources("25m", "256Mi", "250m"),
          ...ON_SYSTEM_NODES,
          ...(count > 1 && { topologySpreadConstraints: overZones({ "app.kubernetes.io/instance": NAME }) }),
        },
        ...(count > 1 && { podDisruptionBudget: { enabled: true, maxUnavailable: 1 } }),
      },
    }),
  };
}
