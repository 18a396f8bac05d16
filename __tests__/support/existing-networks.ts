import { aws, type ExistingVpc } from "../../constructs/clouds/aws";
import { azure, type ExistingVirtualNetwork } from "../../constructs/clouds/azure";
import type { Cloud } from "../../constructs/clouds/cloud";
import { type ExistingVpcNetwork, google } from "../../constructs/clouds/google";
import { AWS_PROPS } from "./aws-environment";
import { AZURE_PROPS, SUBSCRIPTION } from "./azure-environment";
import { GOOGLE_PROPS } from "./google-environment";

/* Networks that somebody else has made, on each cloud, valid in every field. */

const zone = (number: 1 | 2 | 3): ExistingVpc["zones"][number] => ({
  zone: `euc1-az${number}`,
  nodes: { id: `subnet-${String(number).repeat(8)}a`, cidr: `10.40.${32 * (number - 1)}.0/19` },
  data: { id: `subnet-${String(number).repeat(8)}b`, cidr: `10.40.${127 + number}.0/24` },
  loadBalancers: `subnet-${String(number).repeat(8)}c`,
});

export const EXISTING_VPC: ExistingVpc = { vpcId: "vpc-0123456789abcdef0", zones: [zone(1), zone(2), zone(3)] };

export const EXISTING_SHARED_VPC: ExistingVpcNetwork = {
  project: "network-host",
  name: "spoke",
  nodes: { subnet: "gke-nodes", cidr: "10.40.0.0/22" },
  pods: { range: "gke-pods", cidr: "10.44.0.0/15" },
  services: { range: "gke-services", cidr: "10.46.0.0/20" },
  controlPlane: { subnet: "gke-control-plane", cidr: "10.40.4.0/28" },
  data: { range: "private-services", cidr: "10.48.0.0/20" },
};

const NETWORK_GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/network/providers/Microsoft.Network`;

export const EXISTING_VNET: ExistingVirtualNetwork = {
  id: `${NETWORK_GROUP}/virtualNetworks/spoke`,
  outbound: "userDefinedRouting",
  nodes: { name: "aks-nodes", cidr: "10.40.0.0/22" },
  apiServer: { name: "aks-api", cidr: "10.40.4.0/28" },
  endpoints: { name: "private-endpoints", cidr: "10.40.5.0/24" },
  mysql: { name: "mysql-servers", cidr: "10.40.6.0/26" },
};

const hub = (name: string): string =>
  `/subscriptions/00000000-0000-4000-8000-000000000009/resourceGroups/hub/providers/Microsoft.Network/privateDnsZones/${name}`;

export const HUB_ZONES = {
  vault: hub("privatelink.vaultcore.azure.net"),
  blob: hub("privatelink.blob.core.windows.net"),
  file: hub("privatelink.file.core.windows.net"),
  redis: hub("privatelink.redis.azure.net"),
};

/** What of a cloud is asked of in these tests: an environment of its own network, and one in somebody else's. */
export interface OnExisting {
  readonly name: "aws" | "azure" | "google";
  readonly made: Cloud;
  readonly existing: Cloud;
  /** Types by which the network itself is made, none of which is in a stack of `existing`. */
  readonly types: readonly string[];
}

export const ON_EXISTING: readonly OnExisting[] = [
  {
    name: "aws",
    made: aws(AWS_PROPS),
    existing: aws({ ...AWS_PROPS, network: { existing: EXISTING_VPC } }),
    types: [
      ...[
        "aws_default_security_group",
        "aws_eip",
        "aws_flow_log",
        "aws_internet_gateway",
        "aws_nat_gateway",
        "aws_route",
      ],
      ...["aws_route_table", "aws_route_table_association", "aws_subnet", "aws_vpc", "aws_vpc_endpoint"],
    ],
  },
  {
    name: "google",
    made: google(GOOGLE_PROPS),
    existing: google({ ...GOOGLE_PROPS, network: { existing: EXISTING_SHARED_VPC } }),
    types: [
      ...[
        "google_compute_address",
        "google_compute_firewall",
        "google_compute_global_address",
        "google_compute_network",
      ],
      ...["google_compute_router", "google_compute_router_nat", "google_compute_subnetwork"],
      "google_service_networking_connection",
    ],
  },
  {
    name: "azure",
    made: azure(AZURE_PROPS),
    existing: azure({ ...AZURE_PROPS, network: { existing: EXISTING_VNET } }),
    types: [
      ...["azurerm_nat_gateway", "azurerm_nat_gateway_public_ip_association", "azurerm_network_security_group"],
      ...["azurerm_network_security_rule", "azurerm_network_watcher_flow_log", "azurerm_public_ip", "azurerm_subnet"],
      ...["azurerm_subnet_nat_gateway_association", "azurerm_subnet_network_security_group_association"],
      "azurerm_virtual_network",
    ],
  },
];
