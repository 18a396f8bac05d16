import type { Labels } from "../kubernetes/objects";
import { type LabelSelector, selects } from "./label-selector";
import { ownedMetadata, type OwnerReference, type SessionRecord } from "./record";

/* A task reaches what its workload reaches: by the policies that the cluster has, whoever wrote them. */

/** A policy as the cluster has it: a NetworkPolicy, or one by names of hosts. */
export interface LivePolicy {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: LivePolicySpec;
}

interface LivePolicySpec {
  readonly podSelector?: LabelSelector;
  /** What Cilium calls the same. */
  readonly endpointSelector?: LabelSelector;
  readonly policyTypes?: readonly string[];
  readonly ingress?: readonly LiveRule[];
  readonly egress?: readonly object[];
}

interface LiveRule {
  readonly from?: readonly LivePeer[];
  readonly ports?: readonly object[];
}

interface LivePeer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
}

/** A policy that goes with a task. */
export interface TaskPolicy {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly ownerReferences: readonly OwnerReference[] };
  readonly spec: LivePolicySpec;
}

/** Labels of the workload's pods and of the task's, and how the task's alone is told. */
export interface Pods {
  readonly workload: Labels;
  readonly task: Labels;
  /** Label that no other pod has. */
  readonly own: Labels;
}

const selectorOf = ({ podSelector, endpointSelector }: LivePolicySpec): LabelSelector | undefined =>
  podSelector ?? endpointSelector;

/** Whether it is about the workload's pods and, as the labels are, not about the task's. */
const isOfWorkload = (selector: LabelSelector | undefined, pods: Pods): boolean =>
  selector !== undefined && selects(selector, pods.workload) && !selects(selector, pods.task);

type Way = Omit<LivePolicy, "metadata">;

/** The same rules for the task's pod. */
const waysOut = (policies: readonly LivePolicy[], pods: Pods): Way[] =>
  policies
    .filter(({ spec }) => isOfWorkload(selectorOf(spec), pods))
    .map(({ apiVersion, kind, spec }) => {
      const own = { matchLabels: pods.own };
      const { endpointSelector, egress, policyTypes } = spec;
      return {
        ...{ apiVersion, kind },
        spec: {
          ...(endpointSelector === undefined ? { podSelector: own } : { endpointSelector: own }),
          // Of a policy that is about what comes in, nothing is left in to this pod.
          ...(policyTypes !== undefined && { policyTypes }),
          ...(egress !== undefined && { egress }),
        },
      };
    });

const isPeer = ({ podSelector, namespaceSelector }: LivePeer, namespace: Labels, pods: Pods): boolean =>
  (namespaceSelector === undefined || selects(namespaceSelector, namespace)) && isOfWorkload(podSelector, pods);

/** What lets the workload in lets the task in. */
const waysIn = (policies: readonly LivePolicy[], pods: Pods): Way[] =>
  policies.flatMap(({ apiVersion, kind, metadata, spec }) => {
    const namespace = { "kubernetes.io/metadata.name": metadata.namespace ?? "" };
    const ingress = (spec.ingress ?? [])
      .filter(({ from = [] }) => from.some((peer) => isPeer(peer, namespace, pods)))
      .map((rule) => ({ ...rule, from: [{ podSelector: { matchLabels: pods.own } }] }));
    const { podSelector } = spec;
    if (ingress.length === 0 || podSelector === undefined) return [];
    return [{ apiVersion, kind, spec: { podSelector, policyTypes: ["Ingress"], ingress } }];
  });

/**
 * Policies by which the task's pod reaches what the workload's pods reach: their ways out once more, and a way into each pod of the namespace that
 * lets them in. Nothing is let in to the task itself. In other namespaces their own policies decide.
 */
export function policiesLikeWorkload(
  record: SessionRecord,
  policies: readonly LivePolicy[],
  pods: Pods,
  uid: string,
): TaskPolicy[] {
  return [...waysOut(policies, pods), ...waysIn(policies, pods)].map((policy, index) => ({
    apiVersion: policy.apiVersion,
    kind: policy.kind,
    metadata: ownedMetadata(record, uid, `.${index}`),
    spec: policy.spec,
  }));
}
