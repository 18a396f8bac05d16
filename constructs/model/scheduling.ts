/*
 * On which nodes the pods of a workload run, and before whom: the fields of a pod as Kubernetes names them.
 * https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/
 */

export interface Scheduling {
  /** Labels that a node must have, each with this value. @default - any node */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** Taints of nodes that pods may run on all the same, beside those that the cluster lets every pod tolerate. @default - none */
  readonly tolerations?: readonly Toleration[];
  /** Rules that weigh nodes and the pods on them. Pods spread over zones and nodes without any. @default - none */
  readonly affinity?: Affinity;
  /** Name of a PriorityClass that the cluster has. @default - the cluster's default, mostly 0 */
  readonly priorityClass?: string;
}

export interface Toleration {
  /** Key of the taint. @default - every key, with the operator `Exists` */
  readonly key?: string;
  /** @default "Equal" */
  readonly operator?: "Equal" | "Exists";
  /** Value of the taint, with the operator `Equal`. @default "" */
  readonly value?: string;
  /** @default - every effect */
  readonly effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
  /** Seconds for which a pod stays on a node that got the taint, with the effect `NoExecute`. @default - for good */
  readonly tolerationSeconds?: number;
}

export interface Affinity {
  readonly nodeAffinity?: NodeAffinity;
  readonly podAffinity?: PodAffinity;
  readonly podAntiAffinity?: PodAffinity;
}

export interface NodeAffinity {
  /** A node fits that one of these terms fits. */
  readonly requiredDuringSchedulingIgnoredDuringExecution?: { readonly nodeSelectorTerms: readonly NodeSelectorTerm[] };
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly {
    /** 1 to 100. */
    readonly weight: number;
    readonly preference: NodeSelectorTerm;
  }[];
}

/** All of the expressions. */
export interface NodeSelectorTerm {
  readonly matchExpressions: readonly NodeRequirement[];
}

export interface NodeRequirement {
  /** Key of a label of nodes. */
  readonly key: string;
  readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt";
  /** Some with `In` and `NotIn`, none with `Exists` and `DoesNotExist`, one whole number with `Gt` and `Lt`. @default - none */
  readonly values?: readonly string[];
}

export interface PodAffinity {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityTerm[];
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly {
    /** 1 to 100. */
    readonly weight: number;
    readonly podAffinityTerm: PodAffinityTerm;
  }[];
}

export interface PodAffinityTerm {
  /** Which pods: those of a workload have the label `app: "<application>-<workload>"`. */
  readonly labelSelector: LabelSelector;
  /** Label of nodes by which two are one place: `topology.kubernetes.io/zone`. */
  readonly topologyKey: string;
  /** @default - the application's own */
  readonly namespaces?: readonly string[];
}

/** Labels that a pod has, all of them: at least one of the two. */
export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly LabelRequirement[];
}

export interface LabelRequirement {
  readonly key: string;
  readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
  readonly values?: readonly string[];
}

/** Keys of labels that a node must have, with their places in the workload. */
export function selectedLabels({
  nodeSelector = {},
  affinity = {},
}: Scheduling): [key: string, path: readonly (string | number)[]][] {
  const terms = affinity.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const at = ["affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms"];
  return [
    ...Object.keys(nodeSelector).map((key): [string, readonly string[]] => [key, ["nodeSelector", key]]),
    ...terms.flatMap(({ matchExpressions }, index) =>
      matchExpressions.map(({ key }, number): [string, readonly (string | number)[]] => [
        key,
        [...at, index, "matchExpressions", number, "key"],
      ]),
    ),
  ];
}
