import type { Block, StackJson } from "../reference";
import { addressIn, type Surroundings } from "./surroundings";

const METADATA = "metadata";
const WIRE_SERVER = "wire server";
const LOCAL_DNS = "LocalDNS";

/**
 * One of each block that is published for sign-in.
 * @see https://learn.microsoft.com/en-us/microsoft-365/enterprise/urls-and-ip-address-ranges
 */
const ENTRA = {
  "Entra 20.20.32": "20.20.40.1",
  "Entra 20.190.128": "20.190.159.2",
  "Entra 20.231.128": "20.231.130.3",
  "Entra 40.126.0": "40.126.32.4",
};

export function azureSurroundings(cluster: StackJson): Surroundings {
  const subnets = Object.values(cluster.resource.azurerm_subnet ?? {}).map(
    ({ name, address_prefixes }) => [String(name), addressIn((address_prefixes as string[])[0])] as const,
  );
  const [kubernetes] = Object.values(cluster.resource.azurerm_kubernetes_cluster ?? {});
  const { service_cidr } = kubernetes?.network_profile as Block;
  return {
    publicAddresses: { ...ENTRA, "public blobs": "20.60.1.1" },
    addresses: {
      ...Object.fromEntries(subnets),
      [METADATA]: "169.254.169.254",
      // https://learn.microsoft.com/en-us/azure/virtual-network/what-is-ip-address-168-63-129-16
      [WIRE_SERVER]: "168.63.129.16",
      // https://learn.microsoft.com/en-us/azure/aks/localdns-custom
      [LOCAL_DNS]: "169.254.10.11",
      "a node-local DNS of somebody's": "169.254.20.10",
      "API server": addressIn(service_cidr, 1),
    },
    pods: {},
    dns: ["DNS", LOCAL_DNS],
    identity: { to: Object.keys(ENTRA), ports: [443] },
    nodeCredentials: [METADATA, WIRE_SERVER],
    apiServer: [443, 4443],
    managed: {
      mysql: () => ({ workloads: { to: ["mysql"], ports: [3306] }, users: { to: ["mysql"], ports: [3306] } }),
      redis: () => ({ workloads: { to: ["endpoints"], ports: [10000] } }),
      // S3 is spoken by a gateway in the cluster, which alone acts in Azure.
      bucket: (name) => ({
        workloads: { to: [name], ports: [8443] },
        pods: {
          [name]: [
            { to: ["endpoints"], ports: [443] },
            { to: Object.keys(ENTRA), ports: [443] },
          ],
        },
      }),
    },
  };
}
