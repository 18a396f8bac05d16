import type { Endpoint } from "../model/connection";
import type { CloudFacts } from "./facts";
import type { NetworkPolicy, PolicyPeer } from "./objects";
import type { WiredWorkload } from "./provided";

type EgressRules = NonNullable<NetworkPolicy["spec"]["egress"]>;

/** What an external without blocks and a cloud's public service say. The network's own addresses are left out of it. */
const ANYWHERE = "0.0.0.0/0";

/** Where clouds answer with what a node is and may do; no outside host is there. */
const LINK_LOCAL = "169.254.0.0/16";

/** What a workload reaches by address and not by pod: managed services, its identity's credentials, the outside. */
export function addressRules({ edges, usesIdentity }: WiredWorkload, facts: CloudFacts): EgressRules {
  const services = edges.flatMap(({ connection }) => connection?.endpoints ?? []);
  const identity = usesIdentity && facts.identityEndpoint !== undefined ? [facts.identityEndpoint] : [];
  const externals = edges.flatMap(({ edge }) => (edge.to === "external" ? [edge.external] : []));
  const outside = externals.map(({ cidrs, port }) => ({ cidrs: cidrs ?? [ANYWHERE], port }));
  return [...endpointRules([...services, ...identity, ...outside], facts)];
}

/** One rule for each port, with every block once. */
function endpointRules(endpoints: readonly Endpoint[], facts: CloudFacts): EgressRules {
  const cidrs = new Map<number, Set<string>>();
  for (const endpoint of endpoints) {
    const known = cidrs.get(endpoint.port) ?? new Set();
    endpoint.cidrs.forEach((cidr) => known.add(cidr));
    cidrs.set(endpoint.port, known);
  }
  return [...cidrs]
    .filter(([, blocks]) => blocks.size > 0)
    .map(([port, blocks]) => ({
      to: [...blocks].map((cidr): PolicyPeer => ({ ipBlock: cidr === ANYWHERE ? publicAddresses(facts) : { cidr } })),
      ports: [{ port, protocol: "TCP" }],
    }));
}

function publicAddresses(facts: CloudFacts): NonNullable<PolicyPeer["ipBlock"]> {
  return { cidr: ANYWHERE, except: [...new Set([...facts.privateCidrs, LINK_LOCAL])] };
}
