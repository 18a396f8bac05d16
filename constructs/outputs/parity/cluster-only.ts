import { manifestTitle } from "../../model/object-group";
import type { ResolvedApplication } from "../../model/resolved";
import type { WorkloadDifference } from "./compare";
import type { KnownDifference } from "./difference";

/** Something that only clusters have, each by its own reason. */
interface ClusterOnly {
  readonly aspect: "patch" | "objects";
  readonly name: string;
  readonly subject: string;
  readonly reason: string;
  /** What it is in the cluster. */
  readonly there: string;
}

/** What an environment's patches change, and the application's own objects: Compose has none of them. */
const clusterOnly = ({ name: application, patches, objects }: ResolvedApplication): ClusterOnly[] => [
  ...patches.map((patch) => ({
    ...({ aspect: "patch", name: patch.name, reason: patch.reason } as const),
    subject: patch.of ?? application,
    there: patch.on === "object" ? patch.kind : patch.type,
  })),
  ...objects.map(({ name, reason, manifests }) => ({
    ...({ aspect: "objects", name, reason, subject: name } as const),
    there: manifests.map(manifestTitle).join(", "),
  })),
];

const nameOf = ({ aspect, name }: ClusterOnly): string => `${aspect} ${name}`;

export const clusterOnlyDifferences = (application: ResolvedApplication): WorkloadDifference[] =>
  clusterOnly(application).map((one) => ({
    subject: one.subject,
    about: { aspect: one.aspect, name: one.name },
    what: nameOf(one),
    other: one.there,
  }));

export const knownClusterOnly = (application: ResolvedApplication): KnownDifference<WorkloadDifference>[] =>
  clusterOnly(application).map((one) => ({
    name: nameOf(one),
    reason: one.reason,
    covers: ({ about }) => about.aspect === one.aspect && "name" in about && about.name === one.name,
  }));
