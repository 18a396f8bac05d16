import type { Bytes, Resources } from "./quantity";
import type { Need } from "./workload";

/**
 * A Kubernetes object as `kubectl apply` takes it, without a namespace: it goes into that of the application. Plain data;
 * which fields there are beside these, its kind says. Nothing in it may be secret: it is in plans, states, charts and
 * `model.json`.
 */
export interface Manifest {
  /** `keda.sh/v1alpha1` */
  readonly apiVersion: string;
  /** `ScaledObject` */
  readonly kind: string;
  readonly metadata: ManifestMetadata;
  readonly [field: string]: unknown;
}

export interface ManifestMetadata {
  readonly name: string;
  /** Labels beside those of this program. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * Kubernetes objects of the application's own, for which the model has no word: made, changed and removed together, in
 * every environment or in some.
 */
export interface ObjectGroup {
  /** Why the model does not do. Reports show it. 10 to 1,000 characters. */
  readonly reason: string;
  /** Objects, one at least; kind and name of each once in the application. Deleted with the group. */
  readonly manifests: readonly Manifest[];
  /** Pods that the objects bring, which quotas and policies are about. Required where one is of a kind that has pods. @default - none */
  readonly pods?: GroupPods;
  /**
   * Workloads, externals and other groups that its pods call, by name, or a workload with the name of one of its ports. Opens
   * the network policies of both ends; variables are what the manifests say themselves. @default - none
   */
  readonly needs?: readonly (string | Pick<Need, "port" | "to">)[];
  /**
   * Most pods that the objects make of a workload, by its name: autoscalers of another kind. Quotas count so many, and
   * releases leave the workload's `replicas` alone once it runs. It has no `autoscaling` of its own then. @default - none
   */
  readonly scales?: Readonly<Record<string, number>>;
  /**
   * Fields that the cluster writes otherwise than the manifests, in the notation of the Terraform provider:
   * `spec.replicas`, where an autoscaler does. @default - none but labels and annotations
   */
  readonly computedFields?: readonly string[];
}

export interface GroupPods {
  /** What all of them bear, and no pods of a workload do. At least one. */
  readonly labels: Readonly<Record<string, string>>;
  /** The most there are at one time, those of a rolling update too. */
  readonly count: number;
  /** What all containers of one of them ask for together. */
  readonly resources: Resources;
  /** Sizes of all PersistentVolumeClaims that are made for them. @default - none */
  readonly volumes?: readonly Bytes[];
  /** What workloads and other groups reach that need the group. @default - nothing: none can */
  readonly service?: GroupService;
}

/** A workload that needs the group gets `<NAME>_HOST` and `<NAME>_PORT` of it. */
export interface GroupService {
  /** Name of the Service, one of the manifests or what an operator makes of them. */
  readonly name: string;
  /** Port of the Service. */
  readonly port: number;
  /** What the pods listen on, which is what a network policy sees. @default - `port` */
  readonly podPort?: number;
}

export interface ResolvedGroupPods {
  /** `my-app-search`: name of the network policy over them. */
  readonly objectName: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly count: number;
  readonly resources: Resources;
  readonly volumes: readonly Bytes[];
  /** @default - nobody reaches them */
  readonly service: Required<GroupService> | undefined;
}

/** Pods of a group, behind a Service in the application's own namespace: the end of an edge. */
export interface OwnPods extends Required<GroupService> {
  readonly kind: "objects";
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Kinds that have a template of pods, by group and kind, with the path of it. */
const POD_TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  "apps/Deployment": ["spec", "template"],
  "apps/StatefulSet": ["spec", "template"],
  "apps/DaemonSet": ["spec", "template"],
  "apps/ReplicaSet": ["spec", "template"],
  "batch/Job": ["spec", "template"],
  "batch/CronJob": ["spec", "jobTemplate", "spec", "template"],
  "/Pod": [],
  "/ReplicationController": ["spec", "template"],
};

/** `apps/v1` → `apps`, `v1` → ``. */
export const apiGroup = (apiVersion: string): string =>
  apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";

/** Labels of the pods of which a manifest has the template; `undefined`: it is of no kind that has one. */
export function templateLabels({
  apiVersion,
  kind,
  ...manifest
}: Manifest): Readonly<Record<string, unknown>> | undefined {
  const path = POD_TEMPLATES[`${apiGroup(apiVersion)}/${kind}`];
  if (path === undefined) return undefined;
  const labels = [...path, "metadata", "labels"].reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
    manifest,
  );
  return typeof labels === "object" && labels !== null ? (labels as Readonly<Record<string, unknown>>) : {};
}

/** `ScaledObject my-app-backend`: what is there once in an application. */
export const manifestTitle = ({ kind, metadata }: Pick<Manifest, "kind" | "metadata">): string =>
  `${kind} ${metadata.name}`;
