import { DataAzurermSubnet } from "@cdktf/provider-azurerm/lib/data-azurerm-subnet";
import { DataAzurermVirtualNetwork } from "@cdktf/provider-azurerm/lib/data-azurerm-virtual-network";
import { Construct } from "constructs";
import { type Expected, expects } from "../shared/existing-network";
import type { ClusterNetwork } from "./cluster-network";
import { type AzureSubnet, type ExistingVirtualNetwork, partsOf, subnetIdOf } from "./network-props";
import { PrivateZones } from "./private-zones";
import type { ResourceDefaults } from "./resource-group";
import type { Settings } from "./settings";

export interface ExistingNetworkProps {
  readonly defaults: ResourceDefaults;
  readonly settings: Settings;
  readonly existing: ExistingVirtualNetwork;
}

const block = ({ cidr }: AzureSubnet): Expected => ({
  attribute: "address_prefixes",
  found: `join(" ", self.address_prefixes)`,
  is: cidr,
  otherwise: "give a subnet of one block, with that in cidr",
});

const ROUTED: Expected = {
  attribute: "whether a route table is on it",
  found: `self.route_table_id != "" && self.route_table_id != null`,
  is: true,
  otherwise: 'have its owner put the route to the firewall on it, or say outbound "userAssignedNATGateway"',
};

/** The driver of shared volumes would put it on, which it has no right to. */
const STORAGE: Expected = {
  attribute: "whether it has the service endpoint Microsoft.Storage",
  found: `contains(self.service_endpoints, "Microsoft.Storage")`,
  is: true,
  otherwise: "have its owner add the service endpoint",
};

/**
 * A virtual network that somebody else has made: it is looked at, so that a plan stops where it is not what it was said to
 * be. Private zones of the environment's own are linked to it.
 */
export class ExistingNetwork extends Construct implements ClusterNetwork {
  readonly nodeSubnetIds: ClusterNetwork["nodeSubnetIds"];
  readonly joined: ClusterNetwork["joined"];
  readonly apiServerSubnetId: string;
  readonly natAddresses: readonly string[] = [];
  readonly outbound: ClusterNetwork["outbound"];
  readonly endpointSubnetId: string;
  readonly zones: ClusterNetwork["zones"];
  readonly given: string;
  readonly ready: ClusterNetwork["ready"] = [];

  readonly #path: string;

  constructor(scope: Construct, id: string, { defaults, settings, existing }: ExistingNetworkProps) {
    super(scope, id);
    const { id: networkId, outbound, nodes, apiServer, endpoints, mysql } = existing;
    this.#path = `environments.${settings.environment}.cloud.network.existing`;
    const { resourceGroup, network } = partsOf(networkId);
    new DataAzurermVirtualNetwork(this, "Default", {
      name: network,
      resourceGroupName: resourceGroup,
      lifecycle: expects(
        [{ attribute: "location", is: settings.location, otherwise: "give a network of the environment's location" }],
        `${this.#path}.id: ${network}`,
      ),
    });
    const look = (id: string, field: string, subnet: AzureSubnet, more: readonly Expected[] = []): void => {
      new DataAzurermSubnet(this, id, {
        name: subnet.name,
        virtualNetworkName: network,
        resourceGroupName: resourceGroup,
        lifecycle: expects([block(subnet), ...more], `${this.#path}.${field}: ${subnet.name}`),
      });
    };
    look("Nodes", "nodes", nodes, outbound === "userDefinedRouting" ? [ROUTED] : []);
    look("ApiServer", "apiServer", apiServer);
    look("Endpoints", "endpoints", endpoints, [STORAGE]);
    look("Mysql", "mysql", mysql);

    const nodeSubnetId = subnetIdOf(networkId, nodes.name);
    this.apiServerSubnetId = subnetIdOf(networkId, apiServer.name);
    this.nodeSubnetIds = Object.fromEntries(settings.zones.map((zone) => [zone, nodeSubnetId]));
    this.joined = [
      { name: "Nodes", id: nodeSubnetId },
      { name: "ApiServer", id: this.apiServerSubnetId },
    ];
    this.outbound = outbound;
    this.endpointSubnetId = subnetIdOf(networkId, endpoints.name);
    this.zones = new PrivateZones(this, "Dns", {
      defaults,
      settings,
      resolvers: [{ id: "own", networkId, privateLink: true }],
      given: existing.privateLinkZones,
    });
    this.given = nodeSubnetId;
  }
}
