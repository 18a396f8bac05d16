import type { Block, StackJson } from "../reference";
import { addressIn, type Surroundings } from "./surroundings";

const METADATA = "metadata";
const NODE_LOCAL_DNS = "node-local DNS";
const DNS_CACHE = "DNS cache";
const DATA = "data services";

export function googleSurroundings(cluster: StackJson): Surroundings {
  const [range] = Object.values(cluster.resource.google_compute_global_address ?? {});
  const subnets = Object.values(cluster.resource.google_compute_subnetwork ?? {});
  const services = subnets
    .flatMap(({ secondary_ip_range: ranges }) => (ranges ?? []) as Block[])
    .find(({ range_name }) => range_name === "services");
  return {
    publicAddresses: { "Cloud Storage": "142.250.185.91" },
    addresses: {
      [DATA]: addressIn(range?.address),
      ...Object.fromEntries(subnets.map(({ name, ip_cidr_range }) => [String(name), addressIn(ip_cidr_range)])),
      [METADATA]: "169.254.169.254",
      [NODE_LOCAL_DNS]: "169.254.20.10",
      "API server": addressIn(services?.ip_cidr_range, 1),
    },
    // Of Dataplane V2: https://cloud.google.com/kubernetes-engine/docs/how-to/nodelocal-dns-cache
    pods: { [DNS_CACHE]: { namespace: "kube-system", labels: { "k8s-app": "node-local-dns" } } },
    dns: ["DNS", DNS_CACHE, NODE_LOCAL_DNS],
    // https://cloud.google.com/kubernetes-engine/docs/how-to/network-policy#network-policy-and-workload-identity
    identity: { to: [METADATA], ports: [80, 8080] },
    // The same address as Compute Engine's, where GKE's own server does not stand before it.
    nodeCredentials: hidesNodes(cluster) ? [] : [METADATA],
    apiServer: [443],
    managed: {
      mysql: () => ({ workloads: { to: [DATA], ports: [3306] }, users: { to: [DATA], ports: [3306] } }),
      redis: () => ({ workloads: { to: [DATA], ports: [6378] } }),
      bucket: () => ({ workloads: { to: ["public"], ports: [443] }, byIdentity: true }),
    },
  };
}

/**
 * Whether every machine that a pod can be on has GKE's metadata server, which knows pods and answers each with its own
 * identity or none.
 */
export function hidesNodes({ resource }: StackJson): boolean {
  const machines = [
    ...Object.values(resource.google_container_cluster ?? {}),
    ...Object.values(resource.google_container_node_pool ?? {}),
  ].map(({ node_config }) => (node_config ?? {}) as Block);
  const modes = machines.map(({ workload_metadata_config }) => ((workload_metadata_config ?? {}) as Block).mode);
  return modes.length > 1 && modes.every((mode) => mode === "GKE_METADATA");
}
