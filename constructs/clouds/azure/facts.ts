import type { CloudFacts, ExternalDnsProvider } from "../../kubernetes/facts";
import { RFC_1918 } from "../shared/addresses";
import type { Place } from "./place";
import { DISK_DRIVER, STORAGE_CLASSES } from "./storage";

/**
 * Where Entra signs workloads in: `login.microsoftonline.com`, as Microsoft publishes its blocks under number 56. Public
 * addresses that anybody may have a tenant at, so that a pod with an identity can tell one something.
 * @see https://learn.microsoft.com/en-us/microsoft-365/enterprise/urls-and-ip-address-ranges
 */
const ENTRA = {
  // The SDKs ask the second one first which names Entra has.
  hosts: ["login.microsoftonline.com", "login.microsoft.com"],
  cidrs: ["20.20.32.0/19", "20.190.128.0/18", "20.231.128.0/19", "40.126.0.0/18"],
  port: 443,
} as const;

/**
 * What is behind the Service: the control plane's load balancer and its instances, in the network's own subnet, on the two
 * ports that AKS names for them.
 * @see https://learn.microsoft.com/en-us/azure/aks/api-server-vnet-integration#network-security-group-nsg-security-rules
 */
const API_SERVER = [443, 4443].map((port) => ({ cidrs: RFC_1918, port }));

/**
 * LocalDNS of AKS, where somebody has turned it on for a pool: pods are then answered on their node.
 * @see https://learn.microsoft.com/en-us/azure/aks/localdns-custom
 */
const LOCAL_DNS = "169.254.10.11";

const PROBE = "service.beta.kubernetes.io/azure-load-balancer-health-probe";

/**
 * The client's address is kept by `externalTrafficPolicy: Local`: Azure's load balancer sends to nodes with a ready
 * controller on them, asking each for it. Two failed checks, 5 s apart, and a node gets no new connections.
 * @see https://learn.microsoft.com/en-us/azure/aks/configure-load-balancer-standard
 */
const LOAD_BALANCER = {
  [`${PROBE}-interval`]: "5",
  [`${PROBE}-num-of-probe`]: "2",
  // Minutes. After four it forgets a silent connection; the model lets a stream be silent for an hour.
  "service.beta.kubernetes.io/azure-load-balancer-tcp-idle-timeout": "61",
} as const;

/**
 * Azure's own address on every machine, public by its look. What answers there on ports 80 and 32526 hands a node's
 * settings out, with what it joins the cluster by; DNS pods ask it for names, and those are no application's.
 * @see https://learn.microsoft.com/en-us/azure/virtual-network/what-is-ip-address-168-63-129-16
 */
const WIRE_SERVER = "168.63.129.16/32";

type Known = Pick<Place, "dns" | "policiesByName" | "subscriptionId" | "tenantId"> & {
  /** Whether pods reach the API server at a public address, which is known when the cluster is there. @default false */
  readonly publicApiServer?: boolean;
};

export function facts(place: Known): CloudFacts {
  const { policiesByName: stage } = place;
  return {
    ...(stage !== undefined && { policiesByName: { kind: "CiliumNetworkPolicy", stage } }),
    identityEndpoints: [ENTRA],
    ...(place.publicApiServer !== true && { apiServerEndpoints: API_SERVER }),
    nodeLocalDns: LOCAL_DNS,
    // The network and the pods' addresses are among the first.
    privateCidrs: [...RFC_1918, WIRE_SERVER],
    storageClasses: STORAGE_CLASSES,
    // Only what changed since the one before is stored, and paid for.
    diskSnapshots: { driver: DISK_DRIVER, parameters: { incremental: "true" } },
    // https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md#what-types-of-pods-can-prevent-ca-from-removing-a-node
    undisturbedPodAnnotations: { "cluster-autoscaler.kubernetes.io/safe-to-evict": "false" },
    loadBalancerAnnotations: LOAD_BALANCER,
    externalDns: externalDns(place),
    hasMetricsServer: true,
  };
}

/** `undefined` where no zone is given: there is nothing it may edit. */
function externalDns({ dns, subscriptionId, tenantId }: Known): ExternalDnsProvider | undefined {
  const [first, ...others] = dns?.zones ?? [];
  if (first === undefined) return undefined;
  return {
    name: "azure",
    // The zones' own: applications that other programs deploy get their records too.
    domains: [],
    // An id fits whose end this is.
    flags: { "zone-id-filter": [first, ...others].map(({ name }) => `/${name}`) },
    // Without it, it does not start: https://kubernetes-sigs.github.io/external-dns/latest/docs/tutorials/azure/
    configuration: {
      path: "/etc/kubernetes/azure.json",
      content: JSON.stringify({
        tenantId,
        subscriptionId,
        resourceGroup: first.resourceGroup,
        useWorkloadIdentityExtension: true,
      }),
    },
  };
}
