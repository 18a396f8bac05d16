import { COMPONENT_LABEL, EXPORTER_COMPONENT, NAME_LABEL } from "../../kubernetes/labels";
import type { Deployment, KubernetesObject } from "../../kubernetes/objects";
import type { ResolvedApplication, ResolvedWorkload } from "../../model/resolved";

/** What alerts are derived from: an application, and the objects that are rendered of it. */
export interface Watched {
  readonly application: ResolvedApplication;
  readonly objects: readonly KubernetesObject[];
  /** Names of data services that are measured where no object says so, as in Compose. @default - none */
  readonly measured?: readonly string[];
}

/** Objects of one kind. */
export function ofKind<K extends KubernetesObject["kind"]>(
  { objects }: Pick<Watched, "objects">,
  kind: K,
): Extract<KubernetesObject, { readonly kind: K }>[] {
  return objects.filter((object): object is Extract<KubernetesObject, { readonly kind: K }> => object.kind === kind);
}

/** Deployments of what the application does, without those that measure it. */
export const deploymentsOf = (watched: Pick<Watched, "objects">): Deployment[] =>
  ofKind(watched, "Deployment").filter(({ metadata }) => metadata.labels[COMPONENT_LABEL] !== EXPORTER_COMPONENT);

/** Workloads that answer requests, and tell of them. */
export const answering = ({ application }: Pick<Watched, "application">): Answering[] =>
  application.workloads.filter(
    (workload): workload is Answering =>
      (workload.kind === "http" || workload.kind === "php-fpm") && workload.metrics !== undefined,
  );

type Answering = Extract<ResolvedWorkload, { readonly kind: "http" | "php-fpm" }>;

/** Name of the workload or data service that an object is of; the application's where it is of no single one. */
export const nameOf = ({ metadata }: Pick<KubernetesObject, "metadata">, { application }: Watched): string =>
  metadata.labels[NAME_LABEL] ?? application.name;

/** What follows the name of a Deployment or Job in those of its pods: the hash of a ReplicaSet, a revision or a time, and one of the pod. */
const OF_POD = "-[0-9a-z]+-[0-9a-z]+";

/** Pods of a Deployment by their names. */
export const podsOf = (deployment: string): RegExp => new RegExp(`${deployment}${OF_POD}`);

/** A label with the name of something of a workload, and what follows the workload's own name in it. */
interface Named {
  readonly label: string;
  readonly ending: string;
}

/** Adds the label `workload` to a value that has such a label, by the names that this application has. @param named pods */
export function byWorkload(
  { application }: Pick<Watched, "application">,
  value: string,
  { label, ending }: Named = { label: "pod", ending: OF_POD },
): string {
  const plain = application.workloads.filter(({ name, objectName }) => objectName === `${application.name}-${name}`);
  const names = plain.map(({ name }) => name).join("|");
  const labelled =
    plain.length === 0
      ? value
      : `label_replace(${value}, "workload", "$1", "${label}", "${application.name}-(${names})${ending}")`;
  // Names that were too long for an object.
  return application.workloads
    .filter((workload) => !plain.includes(workload))
    .reduce(
      (inner, { name, objectName }) =>
        `label_replace(${inner}, "workload", "${name}", "${label}", "${objectName}${ending}")`,
      labelled,
    );
}
