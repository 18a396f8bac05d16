import type { ObjectGroup } from "../model/object-group";

/**
 * Kinds of objects of an application's own that a preview may have: what runs, counts it and tells it things. Rules of the network, roles,
 * routes and what operators make could lead out of the preview, or stay.
 */
const KINDS: readonly string[] = [
  "ConfigMap",
  "CronJob",
  "Deployment",
  "HorizontalPodAutoscaler",
  "Job",
  "PersistentVolumeClaim",
  "PodDisruptionBudget",
  "Service",
  "ServiceAccount",
  "StatefulSet",
];

/** A Service that is no name for pods of its namespace. */
const leadsOut = ({ kind, spec }: ObjectGroup["manifests"][number]): boolean =>
  kind === "Service" && typeof spec === "object" && spec !== null && "type" in spec && spec.type !== "ClusterIP";

/** Kinds of a group that keep it out of previews; none where it may come. */
export const keptOut = ({ manifests }: Pick<ObjectGroup, "manifests">): string[] => [
  ...new Set(manifests.filter((one) => !KINDS.includes(one.kind) || leadsOut(one)).map(({ kind }) => kind)),
];
