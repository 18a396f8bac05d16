import type { KubernetesObject, NetworkPolicy, PolicyPeer, PolicyPort } from "../../constructs/kubernetes/objects";

/* What a cluster does with NetworkPolicies: tells whether a connection is let through. */

export interface Pod {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** The other end of a connection: a pod, or an IPv4 address that is none. */
export type End = Pod | { readonly address: string };

export interface Connection {
  readonly from: Pod;
  readonly to: End;
  readonly port: number;
  readonly protocol?: "TCP" | "UDP";
}

/** Open if the policies on both ends let it through; a pod that no policy of a direction selects is open in it. */
export function reaches(objects: readonly KubernetesObject[], connection: Connection): boolean {
  const { from, to } = connection;
  return (
    letThrough(objects, from, to, connection, "Egress") &&
    ("address" in to || letThrough(objects, to, from, connection, "Ingress"))
  );
}

function letThrough(
  objects: readonly KubernetesObject[],
  pod: Pod,
  other: End,
  { port, protocol = "TCP" }: Connection,
  direction: "Ingress" | "Egress",
): boolean {
  const policies = objects.filter(
    (object): object is NetworkPolicy =>
      object.kind === "NetworkPolicy" &&
      object.metadata.namespace === pod.namespace &&
      object.spec.policyTypes.includes(direction) &&
      bears(pod, object.spec.podSelector.matchLabels),
  );
  if (policies.length === 0) return true;
  return policies.some(({ metadata, spec }) => {
    const rules =
      direction === "Ingress"
        ? (spec.ingress ?? []).map(({ from, ports }) => ({ peers: from, ports }))
        : (spec.egress ?? []).map(({ to, ports }) => ({ peers: to, ports }));
    return rules.some(
      ({ peers, ports }) =>
        (peers === undefined || peers.some((peer) => isPeer(peer, other, metadata.namespace))) &&
        (ports === undefined || ports.some((open: PolicyPort) => open.port === port && open.protocol === protocol)),
    );
  });
}

function isPeer(peer: PolicyPeer, end: End, policyNamespace: string | undefined): boolean {
  if ("address" in end) {
    const { ipBlock } = peer;
    if (ipBlock === undefined || !contains(ipBlock.cidr, end.address)) return false;
    return !(ipBlock.except ?? []).some((cidr) => contains(cidr, end.address));
  }
  if (peer.ipBlock !== undefined) return false;
  return inNamespace(peer, end.namespace, policyNamespace) && bears(end, peer.podSelector?.matchLabels);
}

/** No selector means the policy's own namespace, an empty one means all. */
function inNamespace({ namespaceSelector }: PolicyPeer, namespace: string, own: string | undefined): boolean {
  if (namespaceSelector === undefined) return namespace === own;
  return bears({ namespace, labels: { "kubernetes.io/metadata.name": namespace } }, namespaceSelector.matchLabels);
}

const bears = (pod: Pod, labels: Readonly<Record<string, string>> = {}): boolean =>
  Object.entries(labels).every(([key, value]) => pod.labels[key] === value);

function contains(cidr: string, address: string): boolean {
  const [base = "", length = "32"] = cidr.split("/");
  const size = 2 ** (32 - Number(length));
  return Math.floor(number(base) / size) === Math.floor(number(address) / size);
}

const number = (address: string): number => address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
