import { DataAwsSubnet } from "@cdktf/provider-aws/lib/data-aws-subnet";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { Construct } from "constructs";
import { code, expression } from "../../terraform/expression";
import { recordForGood } from "../../terraform/state-record";
import { type Expected, expects, otherNetwork } from "../shared/existing-network";
import type { ClusterNetwork } from "./cluster-network";
import type { ExistingVpc, ExistingZone } from "./network-props";
import type { Settings } from "./settings";
import { letterOf, MIN_ZONES } from "./subnets";

export interface ExistingNetworkProps {
  readonly settings: Settings;
  readonly existing: ExistingVpc;
}

/**
 * A VPC that somebody else has made: it is looked at, so that a plan stops where it is not what it was said to be, and
 * nothing of it is made or changed.
 */
export class ExistingNetwork extends Construct implements ClusterNetwork {
  readonly vpcId: string;
  readonly zones: ClusterNetwork["zones"];
  readonly privateSubnetIds: string[];
  readonly controlPlaneSubnetIds: string[];
  readonly egress: ClusterNetwork["egress"] = [];

  readonly #path: string;

  constructor(scope: Construct, id: string, { settings, existing }: ExistingNetworkProps) {
    super(scope, id);
    const { vpcId, zones } = existing;
    this.#path = `environments.${settings.environment}.cloud.network.existing`;
    new DataAwsVpc(this, "Vpc", {
      id: vpcId,
      lifecycle: expects(
        [
          { attribute: "enable_dns_support", is: true, otherwise: "turn on DNS support of the VPC" },
          { attribute: "enable_dns_hostnames", is: true, otherwise: "turn on DNS hostnames of the VPC" },
        ],
        `${this.#path}.vpcId: ${vpcId}`,
      ),
    });
    for (const [index, zone] of zones.entries()) this.#zone(zone, vpcId, index);
    this.vpcId = vpcId;
    this.zones = zones.map(({ data }, index) => ({ letter: letterOf(index), dataSubnetId: data.id }));
    this.privateSubnetIds = zones.map(({ nodes }) => nodes.id);
    this.controlPlaneSubnetIds = this.privateSubnetIds.slice(0, MIN_ZONES);
  }

  #zone({ zone, nodes, data, loadBalancers }: ExistingZone, vpcId: string, index: number): void {
    // As a zone of a VPC that is made, by the same address: a network that takes the place of another is refused.
    const here = new Construct(this, `Zone${letterOf(index).toUpperCase()}`);
    const path = `${this.#path}.zones[${index}]`;
    const given = [zone, nodes.id, data.id].join(" ");
    recordForGood(here, "Zone", { id: given }, otherNetwork(path, given, expression`${code("self.input.id")}`));
    const look = (id: string, field: string, subnetId: string, more: readonly Expected[] = []): void => {
      new DataAwsSubnet(here, id, {
        id: subnetId,
        lifecycle: expects(
          [
            { attribute: "vpc_id", is: vpcId, otherwise: "give a subnet of the VPC in vpcId" },
            {
              attribute: "availability_zone_id",
              is: zone,
              otherwise: `give a subnet of this zone, or its own in zone`,
            },
            ...more,
          ],
          `${path}.${field}: ${subnetId}`,
        ),
      });
    };
    const block = (cidr: string): Expected[] => [
      { attribute: "cidr_block", is: cidr, otherwise: "give the block that the subnet has in cidr" },
    ];
    look("Nodes", "nodes", nodes.id, block(nodes.cidr));
    look("Data", "data", data.id, block(data.cidr));
    look("LoadBalancers", "loadBalancers", loadBalancers);
  }
}
