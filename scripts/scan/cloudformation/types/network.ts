import { REF, type Translations } from "../translation";

export const network: Translations = {
  aws_default_security_group: { without: "CloudFormation cannot take over the group that a VPC comes with" },
  aws_eip: { type: "AWS::EC2::EIP" },
  aws_flow_log: {
    type: "AWS::EC2::FlowLog",
    says: { iam_role_arn: "DeliverLogsPermissionArn", vpc_id: "ResourceId" },
    adds: { ResourceType: "VPC" },
  },
  aws_internet_gateway: {
    type: "AWS::EC2::InternetGateway",
    reads: { id: REF },
    says: { vpc_id: { without: "it is attached by a resource of its own" } },
  },
  aws_nat_gateway: { type: "AWS::EC2::NatGateway", reads: { id: REF } },
  aws_route: { type: "AWS::EC2::Route" },
  aws_route_table: { type: "AWS::EC2::RouteTable" },
  aws_route_table_association: { type: "AWS::EC2::SubnetRouteTableAssociation" },
  aws_security_group: {
    type: "AWS::EC2::SecurityGroup",
    says: { name: "GroupName", description: "GroupDescription" },
    reads: { id: "GroupId" },
  },
  aws_subnet: { type: "AWS::EC2::Subnet" },
  aws_vpc: { type: "AWS::EC2::VPC" },
  aws_vpc_endpoint: { type: "AWS::EC2::VPCEndpoint" },
  aws_vpc_security_group_ingress_rule: {
    type: "AWS::EC2::SecurityGroupIngress",
    says: {
      cidr_ipv4: "CidrIp",
      referenced_security_group_id: "SourceSecurityGroupId",
      security_group_id: "GroupId",
      tags: { without: "CloudFormation tags no rules" },
    },
  },
};
