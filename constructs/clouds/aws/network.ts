import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ClusterNetwork } from "./cluster-network";
import type { NetworkSettings, Settings } from "./settings";
import { MIN_ZONES, planSubnets } from "./subnets";
import { ANYWHERE, Zone } from "./zone";

export interface NetworkProps {
  readonly settings: Settings;
  readonly made: NetworkSettings;
}

/**
 * A VPC with three subnets in each zone: public for load balancers and NAT gateways, private for nodes and pods, data
 * without any route out.
 */
export class Network extends Construct implements ClusterNetwork {
  readonly vpcId: string;
  readonly zones: readonly Zone[];
  readonly privateSubnetIds: string[];
  readonly controlPlaneSubnetIds: string[];
  readonly privateRouteTableIds: string[];
  readonly egress: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { settings, made }: NetworkProps) {
    super(scope, id);
    const { clusterName } = settings;
    const tags = { Name: clusterName };
    const vpc = new Vpc(this, "Default", {
      cidrBlock: made.cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags,
    });
    // Adopted and left without rules: what forgets to name a security group can talk to nothing.
    new DefaultSecurityGroup(this, "DefaultSecurityGroup", { vpcId: vpc.id, tags: { Name: `${clusterName}-unused` } });

    const internetGateway = new InternetGateway(this, "InternetGateway", { vpcId: vpc.id, tags });
    const publicRoutes = new RouteTable(this, "PublicRoutes", {
      vpcId: vpc.id,
      tags: { Name: `${clusterName}-public` },
    });
    new Route(this, "PublicEgress", {
      routeTableId: publicRoutes.id,
      destinationCidrBlock: ANYWHERE,
      gatewayId: internetGateway.id,
    });
    const dataRoutes = new RouteTable(this, "DataRoutes", { vpcId: vpc.id, tags: { Name: `${clusterName}-data` } });

    const zones: Zone[] = [];
    for (const planned of planSubnets(made.cidr, made.zones)) {
      const zone = new Zone(this, `Zone${planned.letter.toUpperCase()}`, {
        ...planned,
        vpcId: vpc.id,
        clusterName,
        environment: settings.environment,
        internetGateway,
        publicRouteTableId: publicRoutes.id,
        dataRouteTableId: dataRoutes.id,
        natGatewayId: made.natGateways === "single" ? zones[0]?.natGatewayId : undefined,
      });
      zones.push(zone);
    }

    this.vpcId = vpc.id;
    this.zones = zones;
    this.privateSubnetIds = zones.map((zone) => zone.privateSubnetId);
    this.controlPlaneSubnetIds = this.privateSubnetIds.slice(0, MIN_ZONES);
    this.privateRouteTableIds = zones.map((zone) => zone.privateRouteTableId);
    this.egress = zones.map((zone) => zone.egress);
  }
}
