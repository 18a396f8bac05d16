import type { Moment } from "./history";
import type { Labels, Peer, Pod } from "./served-objects";

/**
 * Whether a policy over a pod opens the port to or from a peer: to the route controller, in a namespace of its own, where
 * there is none. What one policy allows is allowed.
 */
export function lets(
  moment: Moment,
  direction: "egress" | "ingress",
  pod: Pod,
  peer: Pod | undefined,
  port: number,
): boolean {
  const { namespace } = pod.metadata;
  return moment
    .all("networkpolicies")
    .filter(({ spec }) => selects(spec.podSelector.matchLabels, pod))
    .flatMap(({ spec }) =>
      direction === "egress"
        ? (spec.egress ?? []).map(({ ports, to }) => ({ ports, peers: to }))
        : (spec.ingress ?? []).map(({ ports, from }) => ({ ports, peers: from })),
    )
    .filter(({ ports = [] }) => ports.some((one) => Number(one.port) === port))
    .flatMap(({ peers = [] }) => peers)
    .some((one) =>
      peer === undefined
        ? namespaceOf(one, namespace) !== namespace
        : namespaceOf(one, namespace) === peer.metadata.namespace && selects(one.podSelector?.matchLabels, peer),
    );
}

/** Namespaces are chosen by their names here. */
const namespaceOf = ({ namespaceSelector }: Peer, own: string): string =>
  namespaceSelector?.matchLabels?.["kubernetes.io/metadata.name"] ?? own;

const selects = (labels: Labels = {}, { metadata }: Pod): boolean =>
  Object.entries(labels).every(([name, value]) => metadata.labels[name] === value);
