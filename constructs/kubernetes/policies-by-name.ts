import type { AddressEndpoint, Endpoint } from "../model/connection";
import type { CloudFacts } from "./facts";
import type {
  ApplicationNetworkPolicy,
  CiliumNetworkPolicy,
  FqdnNetworkPolicy,
  KubernetesObject,
  Labels,
  Metadata,
  PolicyByName,
} from "./objects";

type Known = Pick<CloudFacts, "policiesByName">;

const MAKE: {
  readonly [K in PolicyByName["kind"]]: (metadata: Metadata, pods: Labels, ports: HostsByPort) => PolicyByName;
} = {
  FQDNNetworkPolicy: fqdnNetworkPolicy,
  ApplicationNetworkPolicy: applicationNetworkPolicy,
  CiliumNetworkPolicy: ciliumNetworkPolicy,
};

export const isPolicyByName = (object: KubernetesObject): object is PolicyByName => object.kind in MAKE;

/** Every kind there is of them. */
export const POLICY_BY_NAME_KINDS = Object.keys(MAKE) as readonly PolicyByName["kind"][];

/** A destination that has names. */
type Named = AddressEndpoint & { readonly hosts: readonly string[] };

const isNamed = (endpoint: Endpoint): endpoint is Named => "hosts" in endpoint && endpoint.hosts !== undefined;

/** What a NetworkPolicy is left to open, where policies by name open the rest instead. */
export const byAddress = (endpoints: readonly Endpoint[], { policiesByName }: Known): Endpoint[] =>
  policiesByName?.stage === "instead" ? endpoints.filter((endpoint) => !isNamed(endpoint)) : [...endpoints];

/**
 * Opens the way to hosts by their names, for the pods that a NetworkPolicy of the same name is about: what that one opens
 * stays open, and it is in place first. `undefined` where no destination has a name, or the cluster knows none.
 */
export function policyByName(
  metadata: Metadata,
  matchLabels: Labels,
  endpoints: readonly Endpoint[],
  { policiesByName }: Known,
): PolicyByName | undefined {
  const named = endpoints.filter(isNamed);
  if (policiesByName === undefined || named.length === 0) return undefined;
  return MAKE[policiesByName.kind](metadata, matchLabels, hostsByPort(named));
}

type HostsByPort = readonly (readonly [port: number, hosts: readonly string[]])[];

/** Each port once, with every host once. */
function hostsByPort(endpoints: readonly Named[]): HostsByPort {
  const ports = [...new Set(endpoints.map(({ port }) => port))];
  return ports.map((port) => [
    port,
    [...new Set(endpoints.flatMap((endpoint) => (endpoint.port === port ? endpoint.hosts : [])))],
  ]);
}

function fqdnNetworkPolicy(metadata: Metadata, matchLabels: Labels, ports: HostsByPort): FqdnNetworkPolicy {
  return {
    apiVersion: "networking.gke.io/v1alpha1",
    kind: "FQDNNetworkPolicy",
    metadata,
    spec: {
      podSelector: { matchLabels },
      egress: ports.map(([port, hosts]) => ({
        matches: hosts.map((name) => ({ name })),
        ports: [{ protocol: "TCP", port }],
      })),
    },
  };
}

function applicationNetworkPolicy(
  metadata: Metadata,
  matchLabels: Labels,
  ports: HostsByPort,
): ApplicationNetworkPolicy {
  return {
    apiVersion: "networking.k8s.aws/v1alpha1",
    kind: "ApplicationNetworkPolicy",
    metadata,
    spec: {
      podSelector: { matchLabels },
      policyTypes: ["Egress"],
      egress: ports.map(([port, domainNames]) => ({ to: [{ domainNames }], ports: [{ protocol: "TCP", port }] })),
    },
  };
}

/** Labels as Cilium names the label of a namespace on its pods, and the pods of the cluster's DNS. */
const DNS_PODS: Labels = { "k8s:io.kubernetes.pod.namespace": "kube-system", "k8s:k8s-app": "kube-dns" };

/**
 * The rule for DNS names the hosts alone, as AKS takes no `*` in it. It closes nothing: `allow-dns` opens the same pods
 * without such a rule, and then every name is answered; the answers go through the proxy all the same, which is what
 * `toFQDNs` lives from. https://github.com/cilium/cilium/blob/main/pkg/policy/l4.go
 */
function ciliumNetworkPolicy(metadata: Metadata, matchLabels: Labels, ports: HostsByPort): CiliumNetworkPolicy {
  return {
    apiVersion: "cilium.io/v2",
    kind: "CiliumNetworkPolicy",
    metadata,
    spec: {
      endpointSelector: { matchLabels },
      egress: [
        {
          toEndpoints: [{ matchLabels: DNS_PODS }],
          toPorts: [
            {
              ports: [{ port: "53", protocol: "ANY" }],
              rules: { dns: [...new Set(ports.flatMap(([, hosts]) => hosts))].map((matchName) => ({ matchName })) },
            },
          ],
        },
        ...ports.map(([port, hosts]) => ({
          toFQDNs: hosts.map((matchName) => ({ matchName })),
          toPorts: [{ ports: [{ port: String(port), protocol: "TCP" as const }] }],
        })),
      ],
    },
  };
}
