import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { fitName } from "../../model/names";
import { AWS_NAMES } from "./names";
import type { Network } from "./network";
import type { NetworkSettings, Settings } from "./settings";

/** What nodes, add-ons and workloads call all the time: image pulls, identities, logs, secrets, keys, disks. */
const SERVICES = ["ec2", "ecr.api", "ecr.dkr", "eks", "eks-auth", "kms", "logs", "secretsmanager", "sts"] as const;

export interface EndpointsProps {
  readonly settings: Settings;
  readonly made: NetworkSettings;
  readonly network: Network;
}

/** Ways to AWS services that do not leave the VPC. The one to S3 is free, image layers come through it. */
export class Endpoints extends Construct {
  constructor(scope: Construct, id: string, { settings, made, network }: EndpointsProps) {
    super(scope, id);
    const { clusterName, region } = settings;
    const { cidr, interfaceEndpoints } = made;
    new VpcEndpoint(this, "s3", {
      vpcId: network.vpcId,
      vpcEndpointType: "Gateway",
      serviceName: `com.amazonaws.${region}.s3`,
      routeTableIds: network.privateRouteTableIds,
      tags: { Name: `${clusterName}-s3` },
    });
    if (!interfaceEndpoints) return;

    const name = fitName([clusterName, "endpoints"], AWS_NAMES.securityGroup);
    const securityGroup = new SecurityGroup(this, "SecurityGroup", {
      name,
      description: "HTTPS from the VPC to AWS services",
      vpcId: network.vpcId,
      tags: { Name: name },
    });
    new VpcSecurityGroupIngressRule(this, "Https", {
      securityGroupId: securityGroup.id,
      description: "HTTPS from the VPC",
      cidrIpv4: cidr,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    });
    for (const service of SERVICES) {
      new VpcEndpoint(this, service, {
        vpcId: network.vpcId,
        vpcEndpointType: "Interface",
        serviceName: `com.amazonaws.${region}.${service}`,
        subnetIds: network.privateSubnetIds,
        securityGroupIds: [securityGroup.id],
        privateDnsEnabled: true,
        tags: { Name: `${clusterName}-${service}` },
      });
    }
  }
}
