import { DataGoogleComputeGlobalAddress } from "@cdktf/provider-google/lib/data-google-compute-global-address";
import { DataGoogleComputeSubnetwork } from "@cdktf/provider-google/lib/data-google-compute-subnetwork";
import { Construct } from "constructs";
import { literalExpression } from "../../terraform/literal";
import { type Expected, expects, recordNetwork } from "../shared/existing-network";
import type { ClusterNetwork } from "./cluster-network";
import { type ExistingVpcNetwork, networkId, type SecondaryRange } from "./network-props";
import type { Settings } from "./settings";

export interface ExistingNetworkProps {
  readonly settings: Settings;
  readonly existing: ExistingVpcNetwork;
}

const secondary = (field: string, { range, cidr }: SecondaryRange): Expected => ({
  attribute: `the secondary range ${range}`,
  found: `coalesce(one([for each in self.secondary_ip_range : each.ip_cidr_range if each.range_name == ${literalExpression(range)}]), "none")`,
  is: cidr,
  otherwise: `give a secondary range of this subnet, with its block, in ${field}`,
});

/**
 * A network that somebody else has made: it is looked at, so that a plan stops where it is not what it was said to be, and
 * nothing of it is made or changed.
 */
export class ExistingNetwork extends Construct implements ClusterNetwork {
  readonly networkId: string;
  readonly nodesSubnetId: string;
  readonly ranges: ClusterNetwork["ranges"];
  readonly controlPlaneSubnetId: string;
  readonly inside: ClusterNetwork["inside"];
  readonly egress: ClusterNetwork["egress"] = [];

  constructor(scope: Construct, id: string, { settings, existing }: ExistingNetworkProps) {
    super(scope, id);
    const { region } = settings;
    const { project = settings.project, nodes, pods, services, controlPlane, data } = existing;
    const path = `environments.${settings.environmentName}.cloud.network.existing`;
    this.networkId = networkId(project, existing.name);
    recordNetwork(this, settings.environmentName, [this.networkId, nodes.subnet, pods.range, services.range].join(" "));

    const ofNetwork: Expected = {
      attribute: "network",
      found: `regex("projects/.+$", self.network)`,
      is: this.networkId,
      otherwise: "give what is of the network in name and project",
    };
    const block = (cidr: string): Expected => ({
      attribute: "ip_cidr_range",
      is: cidr,
      otherwise: "give the block that the subnet has in cidr",
    });
    new DataGoogleComputeSubnetwork(this, "Nodes", {
      project,
      region,
      name: nodes.subnet,
      lifecycle: expects(
        [
          ofNetwork,
          block(nodes.cidr),
          {
            attribute: "private_ip_google_access",
            is: true,
            otherwise: "have its owner turn on Private Google Access of the subnet",
          },
          secondary("pods", pods),
          secondary("services", services),
        ],
        `${path}.nodes: ${nodes.subnet}`,
      ),
    });
    new DataGoogleComputeSubnetwork(this, "ControlPlane", {
      project,
      region,
      name: controlPlane.subnet,
      lifecycle: expects([ofNetwork, block(controlPlane.cidr)], `${path}.controlPlane: ${controlPlane.subnet}`),
    });
    new DataGoogleComputeGlobalAddress(this, "DataRange", {
      project,
      name: data.range,
      lifecycle: expects(
        [
          ofNetwork,
          {
            attribute: "purpose",
            is: "VPC_PEERING",
            otherwise: "give a range that was allocated for private services",
          },
          {
            attribute: "block",
            found: `format("%s/%d", self.address, self.prefix_length)`,
            is: data.cidr,
            otherwise: "give the block that the range has in cidr",
          },
        ],
        `${path}.data: ${data.range}`,
      ),
    });

    const subnet = (name: string): string => `projects/${project}/regions/${region}/subnetworks/${name}`;
    this.nodesSubnetId = subnet(nodes.subnet);
    this.ranges = { pods: pods.range, services: services.range };
    this.controlPlaneSubnetId = subnet(controlPlane.subnet);
    this.inside = { name: "nodes", cidr: nodes.cidr };
  }
}
