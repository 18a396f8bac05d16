import type { ResolvedApplication, ResolvedWorkload } from "../model/resolved";
import type { Labels, Metadata } from "./objects";

/** Name of the workload or service that an object is of. An object of the application as a whole has no such label. */
export const NAME_LABEL = "app.kubernetes.io/name";

/** Kind of the workload, or one of the words below and of `users-job.ts`. */
export const COMPONENT_LABEL = "app.kubernetes.io/component";

/** The component of a data service that runs in pods, by which every output tells it. */
export const SERVER_COMPONENT = "data-service";

/** The component of what measures a data service. */
export const EXPORTER_COMPONENT = "exporter";

/** The component of what copies a data service that runs in pods. */
export const BACKUP_COMPONENT = "backup";

/** The component of the application's own objects. */
export const OBJECTS_COMPONENT = "objects";

/** Whose an object is, and where. */
export type Owned = Pick<ResolvedApplication, "name" | "namespace" | "owner">;

/** Labels of everything in the application's namespace. `owner` is who answers for it. */
export function applicationLabels(application: Pick<Owned, "name" | "owner">): Labels {
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
    [NAME_LABEL]: workload.name,
    "app.kubernetes.io/instance": workload.objectName,
    [COMPONENT_LABEL]: workload.kind,
    ...applicationLabels(application),
  };
}

/** Labels of a workload's Deployment, CronJob or Job and of its pods. Ours last: those that select pods are nobody else's. */
export function podLabels(application: ResolvedApplication, workload: ResolvedWorkload): Labels {
  return {
    ...workload.labels,
    ...workloadLabels(application, workload),
    version: workload.version,
    "app.kubernetes.io/version": workload.version,
  };
}

/** Annotations of the same objects: the workload's own, and those that somebody else needs there; `undefined` without any. */
export function podAnnotations({ annotations }: ResolvedWorkload, ours: Labels = {}): Labels | undefined {
  const all = { ...annotations, ...ours };
  return Object.keys(all).length === 0 ? undefined : all;
}

/** Metadata of a workload's Deployment, CronJob or Job. */
export function ownerMetadata(application: ResolvedApplication, workload: ResolvedWorkload, ours?: Labels): Metadata {
  const annotations = podAnnotations(workload, ours);
  return {
    ...workloadMetadata(application, workload),
    labels: podLabels(application, workload),
    ...(annotations !== undefined && { annotations }),
  };
}

/** What selects a workload's pods. Selectors are immutable, so nothing that a release changes may be in it. */
export function selector(workload: Pick<ResolvedWorkload, "objectName">): Labels {
  return { app: workload.objectName };
}

export function applicationMetadata(application: Owned, name: string): Metadata {
  return { name, namespace: application.namespace, labels: applicationLabels(application) };
}

export function workloadMetadata(
  application: ResolvedApplication,
  workload: ResolvedWorkload,
  name: string = workload.objectName,
): Metadata {
  return { name, namespace: application.namespace, labels: workloadLabels(application, workload) };
}
