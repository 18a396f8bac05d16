import type { Endpoint, PodPeer } from "../model/connection";
import { ANYWHERE, outsideEndpoint } from "../model/outside-endpoint";
import type { ExternalEdge } from "../model/resolved";
import type { CloudFacts } from "./facts";
import type { NetworkPolicy, PolicyPeer } from "./objects";
import type { WiredWorkload } from "./provided";

type EgressRule = NonNullable<NetworkPolicy["spec"]["egress"]>[number];

/** Where clouds answer with what a node is and may do; no outside host is there. */
const LINK_LOCAL = "169.254.0.0/16";

/** What a workload reaches beside the application's other workloads: services, its identity's credentials, the outside. */
export function reachedBy({ edges, identity }: WiredWorkload, facts: CloudFacts): Endpoint[] {
  const externals = edges.flatMap(({ edge }) => (edge.to === "external" ? [edge.external] : []));
  return [
    ...edges.flatMap(({ connection }) => connection?.endpoints ?? []),
    ...(identity === undefined ? [] : facts.identityEndpoints),
    ...externals.map(externalEndpoint),
  ];
}

export function externalEndpoint(external: ExternalEdge["external"]): Endpoint {
  if (external.kind === "objects") {
    const { namespace, labels, podPort } = external;
    return { pods: { namespace, labels }, port: podPort };
  }
  if (external.kind !== "peer") return outsideEndpoint(external);
  const { namespace, labels, port, podPort = port } = external;
  return { pods: { namespace, labels }, port: podPort };
}

const LIST = /^#\{TfToken\[/;

/** Whether its blocks are a list of which Terraform alone knows the parts. */
export const isListed = (endpoint: Endpoint): boolean =>
  "cidrs" in endpoint && endpoint.cidrs.some((cidr) => LIST.test(cidr));

/** One rule for each port, with every peer once. */
export function endpointRules(endpoints: readonly Endpoint[], facts: Pick<CloudFacts, "privateCidrs">): EgressRule[] {
  const ports = new Map<number, Map<string, PolicyPeer>>();
  for (const endpoint of endpoints) {
    const known = ports.get(endpoint.port) ?? new Map<string, PolicyPeer>();
    for (const peer of peers(endpoint, facts)) known.set(JSON.stringify(peer), peer);
    ports.set(endpoint.port, known);
  }
  return [...ports]
    .filter(([, found]) => found.size > 0)
    .map(([port, found]) => ({ to: [...found.values()], ports: [{ port, protocol: "TCP" }] }));
}

/** What a DNS rule is made of. */
export type DnsFacts = Pick<CloudFacts, "nodeLocalDns" | "nodeLocalDnsPods">;

export const podPeer = ({ namespace, labels }: PodPeer): PolicyPeer => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
  podSelector: { matchLabels: labels },
});

/**
 * The cluster's DNS pods, and the cache on the node: mostly it runs in the host's network, where no pod selector reaches.
 */
export const dnsRule = ({ nodeLocalDns, nodeLocalDnsPods }: DnsFacts): EgressRule => ({
  to: [
    podPeer({ namespace: "kube-system", labels: { "k8s-app": "kube-dns" } }),
    ...(nodeLocalDnsPods === undefined ? [] : [podPeer(nodeLocalDnsPods)]),
    ...(nodeLocalDns === undefined ? [] : [{ ipBlock: { cidr: `${nodeLocalDns}/32` } }]),
  ],
  ports: [
    { port: 53, protocol: "UDP" },
    { port: 53, protocol: "TCP" },
  ],
});

function peers(endpoint: Endpoint, { privateCidrs }: Pick<CloudFacts, "privateCidrs">): PolicyPeer[] {
  if ("pods" in endpoint) return [podPeer(endpoint.pods)];
  return endpoint.cidrs.map((cidr) => ({
    ipBlock: cidr === ANYWHERE ? { cidr, except: [...new Set([...privateCidrs, LINK_LOCAL])] } : { cidr },
  }));
}
