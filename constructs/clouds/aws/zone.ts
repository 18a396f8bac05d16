import { Eip } from "@cdktf/provider-aws/lib/eip";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { expression } from "../../terraform/expression";
import { recordForGood } from "../../terraform/state-record";
import { clusterTag, type Tier, TIER_TAG } from "./names";
import type { PlannedZone } from "./subnets";

export const ANYWHERE = "0.0.0.0/0";

export interface ZoneProps extends PlannedZone {
  readonly vpcId: string;
  readonly clusterName: string;
  readonly environment: string;
  readonly internetGateway: ITerraformDependable;
  readonly publicRouteTableId: string;
  readonly dataRouteTableId: string;
  /** Another zone's NAT gateway. @default - the zone gets its own */
  readonly natGatewayId?: string;
}

const otherZone = ({ environment, letter, zoneId }: ZoneProps): string =>
  `environments.${environment}.cloud.network.zones: got "${zoneId}" where "${expression`self.input.id`}" was (subnets "${letter}"). ` +
  "What stands in a zone belongs to its position in this list: put them back in their order, and add a zone at the end. " +
  "A network that was given in network.existing stays that one.";

/** One availability zone of the network: a subnet of each tier, and the way out of the private one. */
export class Zone extends Construct {
  readonly letter: string;
  readonly privateSubnetId: string;
  readonly dataSubnetId: string;
  readonly privateRouteTableId: string;
  readonly natGatewayId: string;
  readonly egress: ITerraformDependable;
  readonly #props: ZoneProps;

  constructor(scope: Construct, id: string, props: ZoneProps) {
    super(scope, id);
    this.#props = props;
    this.letter = props.letter;
    // Subnets cannot change their zone, and those of a network that is in use cannot be replaced.
    recordForGood(this, "Zone", { id: props.zoneId }, otherZone(props));
    const publicSubnet = this.#subnet("public", "Public", { "kubernetes.io/role/elb": "1" });
    const privateSubnet = this.#subnet("private", "Private", { "kubernetes.io/role/internal-elb": "1" });
    const dataSubnet = this.#subnet("data", "Data", {});
    const privateTable = new RouteTable(this, "PrivateRoutes", {
      vpcId: props.vpcId,
      tags: { Name: this.#name("private") },
    });
    this.#associate("Public", publicSubnet.id, props.publicRouteTableId);
    this.#associate("Private", privateSubnet.id, privateTable.id);
    this.#associate("Data", dataSubnet.id, props.dataRouteTableId);

    this.natGatewayId = props.natGatewayId ?? this.#natGateway(publicSubnet.id).id;
    this.egress = new Route(this, "PrivateEgress", {
      routeTableId: privateTable.id,
      destinationCidrBlock: ANYWHERE,
      natGatewayId: this.natGatewayId,
    });
    this.privateSubnetId = privateSubnet.id;
    this.dataSubnetId = dataSubnet.id;
    this.privateRouteTableId = privateTable.id;
  }

  #subnet(tier: Tier, id: string, tags: Readonly<Record<string, string>>): Subnet {
    // The load balancer controller and Karpenter take subnets by the cluster tag; data subnets must never hold either's.
    const cluster = tier === "data" ? {} : { [clusterTag(this.#props.clusterName)]: "shared" };
    return new Subnet(this, id, {
      vpcId: this.#props.vpcId,
      cidrBlock: this.#props.blocks[tier],
      availabilityZoneId: this.#props.zoneId,
      mapPublicIpOnLaunch: false,
      tags: { Name: this.#name(tier), [TIER_TAG]: tier, ...cluster, ...tags },
    });
  }

  #associate(tier: string, subnetId: string, routeTableId: string): void {
    new RouteTableAssociation(this, `${tier}Association`, { subnetId, routeTableId });
  }

  #natGateway(subnetId: string): NatGateway {
    const tags = { Name: this.#name("nat") };
    const dependsOn = [this.#props.internetGateway];
    const address = new Eip(this, "NatAddress", { domain: "vpc", tags, dependsOn });
    return new NatGateway(this, "Nat", { subnetId, allocationId: address.allocationId, tags, dependsOn });
  }

  #name(part: string): string {
    return `${this.#props.clusterName}-${part}-${this.#props.letter}`;
  }
}
