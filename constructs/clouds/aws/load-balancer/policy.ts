import { arn } from "../arn";
import type { Statement } from "../iam";
import { clusterTag } from "../names";

interface Cluster {
  readonly region: string;
  readonly accountId: string;
  readonly clusterName: string;
  readonly vpcId: string;
}

/** The controller puts it, with the cluster's name, on all that it makes. */
const TAG = "elbv2.k8s.aws/cluster";

/**
 * All that the controller may do: make Network Load Balancers that bear this cluster's tag, change and remove those, and
 * open the nodes' security group to them. The published policy without what serves Application Load Balancers, and with
 * the cluster's name where that one is content with any.
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/#configure-iam
 */
export function loadBalancerStatements(cluster: Cluster): Statement[] {
  const { region, clusterName } = cluster;
  const asked = { [`aws:RequestTag/${TAG}`]: clusterName };
  const owned = { [`aws:ResourceTag/${TAG}`]: clusterName };
  /** Tags of what is owned may change, but not whose it is. */
  const keeping = { StringEquals: owned, Null: { [`aws:RequestTag/${TAG}`]: "true" } };
  const securityGroups = arn(cluster, "ec2", "security-group/*");
  const elb = (resource: string): string => arn(cluster, "elasticloadbalancing", resource);
  const loadBalancers = elb("loadbalancer/net/*/*");
  const targetGroups = elb("targetgroup/*/*");
  const listeners = elb("listener/net/*/*/*");
  const rules = ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"];
  return [
    {
      Sid: "Look",
      Effect: "Allow",
      Action: [
        "ec2:DescribeAvailabilityZones",
        "ec2:DescribeInstances",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeRouteTables",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVpcs",
        "ec2:GetSecurityGroupsForVpc",
        "elasticloadbalancing:Describe*",
      ],
      Resource: "*",
      Condition: { StringEquals: { "aws:RequestedRegion": region } },
    },
    {
      Sid: "FirstInAccount",
      Effect: "Allow",
      Action: "iam:CreateServiceLinkedRole",
      Resource: "*",
      Condition: { StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
    },
    {
      Sid: "MakeGroups",
      Effect: "Allow",
      Action: "ec2:CreateSecurityGroup",
      Resource: securityGroups,
      Condition: { StringEquals: asked },
    },
    {
      Sid: "InThisNetwork",
      Effect: "Allow",
      Action: "ec2:CreateSecurityGroup",
      Resource: arn(cluster, "ec2", `vpc/${cluster.vpcId}`),
    },
    {
      Sid: "TagGroupsMade",
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: securityGroups,
      Condition: { StringEquals: { ...asked, "ec2:CreateAction": "CreateSecurityGroup" } },
    },
    {
      Sid: "TagGroups",
      Effect: "Allow",
      Action: ["ec2:CreateTags", "ec2:DeleteTags"],
      Resource: securityGroups,
      Condition: keeping,
    },
    {
      Sid: "ChangeGroups",
      Effect: "Allow",
      Action: [...rules, "ec2:DeleteSecurityGroup"],
      Resource: securityGroups,
      Condition: { StringEquals: owned },
    },
    {
      Sid: "OpenNodes",
      Effect: "Allow",
      Action: rules,
      Resource: securityGroups,
      // EKS's tag on the cluster's security group, which nodes have.
      Condition: { StringEquals: { [`aws:ResourceTag/${clusterTag(clusterName)}`]: "owned" } },
    },
    {
      Sid: "Make",
      Effect: "Allow",
      Action: ["elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"],
      Resource: [loadBalancers, targetGroups],
      Condition: { StringEquals: asked },
    },
    {
      Sid: "TagMade",
      Effect: "Allow",
      Action: "elasticloadbalancing:AddTags",
      Resource: [loadBalancers, targetGroups, listeners],
      Condition: {
        StringEquals: {
          ...asked,
          "elasticloadbalancing:CreateAction": ["CreateLoadBalancer", "CreateTargetGroup", "CreateListener"],
        },
      },
    },
    {
      Sid: "Tag",
      Effect: "Allow",
      Action: ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"],
      Resource: [loadBalancers, targetGroups, listeners],
      Condition: keeping,
    },
    {
      Sid: "Change",
      Effect: "Allow",
      Action: [
        "elasticloadbalancing:CreateListener",
        "elasticloadbalancing:DeleteListener",
        "elasticloadbalancing:DeleteLoadBalancer",
        "elasticloadbalancing:DeleteTargetGroup",
        "elasticloadbalancing:DeregisterTargets",
        "elasticloadbalancing:ModifyListener",
        "elasticloadbalancing:ModifyListenerAttributes",
        "elasticloadbalancing:ModifyLoadBalancerAttributes",
        "elasticloadbalancing:ModifyTargetGroup",
        "elasticloadbalancing:ModifyTargetGroupAttributes",
        "elasticloadbalancing:RegisterTargets",
        "elasticloadbalancing:SetIpAddressType",
        "elasticloadbalancing:SetSecurityGroups",
        "elasticloadbalancing:SetSubnets",
      ],
      Resource: [loadBalancers, targetGroups, listeners],
      Condition: { StringEquals: owned },
    },
  ];
}
