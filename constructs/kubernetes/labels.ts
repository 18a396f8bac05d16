import type { ResolvedApplication, ResolvedWorkload } from "../model/resolved";
import type { Labels, Metadata } from "./objects";

/** The label `app.kubernetes.io/component` of a data service that runs in pods: it is told by it in every output. */
export const SERVER_COMPONENT = "data-service";

/** Labels of everything in the application's namespace. `owner` is who answers for it. */
export function applicationLabels(application: ResolvedApplication): Labels {
  return {
    "app.kubernetes.io/part-of": application.name,
    "app.kubernetes.io/managed-by": "goldenpath",
    owner: application.owner,
  };
}

/** Labels of every object of one workload. The version is on what changes with a release only. */
export function workloadLabels(application: ResolvedApplication, workload: ResolvedWorkload): Labels {
  return {
    app: workload.objectName,
    "app.kubernetes.io/name": workload.name,
    "app.kubernetes.io/instance": workload.objectName,
    "app.kubernetes.io/component": workload.kind,
    ...applicationLabels(application),
  };
}

export function podLabels(application: ResolvedApplication, workload: ResolvedWorkload): Labels {
  return {
    ...workloadLabels(application, workload),
    version: workload.version,
    "app.kubernetes.io/version": workload.version,
  };
}

/** What selects a workload's pods. Selectors are immutable, so nothing that a release changes may be in it. */
export function selector(workload: Pick<ResolvedWorkload, "objectName">): Labels {
  return { app: workload.objectName };
}

export function applicationMetadata(application: ResolvedApplication, name: string): Metadata {
  return { name, namespace: application.namespace, labels: applicationLabels(application) };
}

export function workloadMetadata(
  application: ResolvedApplication,
  workload: ResolvedWorkload,
  name: string = workload.objectName,
): Metadata {
  return { name, namespace: application.namespace, labels: workloadLabels(application, workload) };
}
