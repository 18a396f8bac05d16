import { horizontalPodAutoscaler } from "../kubernetes/autoscaler";
import { configMap, filesConfigMaps, serverConfigMap } from "../kubernetes/config-map";
import { connections } from "../kubernetes/connections";
import { cronJob } from "../kubernetes/cron-job";
import { deployment } from "../kubernetes/deployment";
import { podDisruptionBudget } from "../kubernetes/disruption-budget";
import type { CloudFacts } from "../kubernetes/facts";
import type { KubernetesObject } from "../kubernetes/objects";
import type { WiredWorkload } from "../kubernetes/provided";
import { scaledObject } from "../kubernetes/queue-scaling";
import { releaseJob } from "../kubernetes/release-job";
import { service } from "../kubernetes/service";
import { serviceAccount } from "../kubernetes/service-account";
import { persistentVolumeClaims } from "../kubernetes/volumes";
import { type ResolvedApplication, runsToItsEnd } from "../model/resolved";

/* The objects of one workload, whatever else is in its namespace. */

/** What holds its pods. */
export function pods(application: ResolvedApplication, wired: WiredWorkload, facts: CloudFacts) {
  const { workload } = wired;
  switch (workload.kind) {
    case "cron":
      return cronJob(application, wired, workload, facts);
    case "release":
      return releaseJob(application, wired, workload, facts);
    default:
      return deployment(application, wired, workload);
  }
}

/** What it runs under, is told of services and keeps. `undefined` stands for what it does not have. */
export const preparedObjects = (
  application: ResolvedApplication,
  wired: WiredWorkload,
  facts: Pick<CloudFacts, "sharedVolumesAs" | "storageClasses">,
): (KubernetesObject | undefined)[] => [
  serviceAccount(application, wired),
  connections(application, wired),
  ...persistentVolumeClaims(application, wired.workload, facts),
];

/** What changes with a release: its pods, the files that they read, and what counts and finds them. */
export const releasedObjects = (
  application: ResolvedApplication,
  { workload }: WiredWorkload,
  holder: KubernetesObject,
): (KubernetesObject | undefined)[] => [
  configMap(application, workload),
  workload.kind === "php-fpm" ? serverConfigMap(application, workload) : undefined,
  ...filesConfigMaps(application, workload),
  holder,
  service(application, workload),
  ...(runsToItsEnd(workload)
    ? []
    : [
        horizontalPodAutoscaler(application, workload),
        scaledObject(application, workload),
        podDisruptionBudget(application, workload),
      ]),
];
