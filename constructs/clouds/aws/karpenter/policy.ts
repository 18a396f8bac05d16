import { arn } from "../arn";
import type { Statement } from "../iam";
import { clusterTag, karpenterNames } from "../names";
import { PARTITION } from "../regions";

interface Cluster {
  readonly region: string;
  readonly accountId: string;
  readonly clusterName: string;
}

/** What comes into being when a machine is started. */
const MADE = ["fleet", "instance", "launch-template", "network-interface", "spot-instances-request", "volume"] as const;

/**
 * All that Karpenter may do: start and stop machines that bear this cluster's tag, from its subnets and in its security
 * group, as its node role. The conditions are those of the controller's own policy, narrowed to what is used here.
 * @param subnetIds subnets of nodes, where no tags tell them @default - those with the cluster's tag
 * @see https://karpenter.sh/docs/reference/cloudformation/
 */
export function karpenterStatements(cluster: Cluster, subnetIds?: readonly string[]): Statement[] {
  const { region, accountId, clusterName } = cluster;
  const names = karpenterNames(clusterName, region);
  const ec2 = (type: string): string => arn(cluster, "ec2", `${type}/*`);
  const eks = arn(cluster, "eks", `cluster/${clusterName}`);
  const resourceTag = `aws:ResourceTag/${clusterTag(clusterName)}`;
  const requestTags = {
    [`aws:RequestTag/${clusterTag(clusterName)}`]: "owned",
    "aws:RequestTag/eks:eks-cluster-name": clusterName,
  };
  const ofPool = { [resourceTag]: "owned" };
  const anyPool = { "aws:ResourceTag/karpenter.sh/nodepool": "*" };
  const anyPoolAsked = { "aws:RequestTag/karpenter.sh/nodepool": "*" };
  const start = ["ec2:RunInstances", "ec2:CreateFleet"];
  return [
    {
      Sid: "FromImages",
      Effect: "Allow",
      Action: start,
      // Public ones: they belong to no account.
      Resource: ["image/*", "snapshot/*"].map((type) => `arn:${PARTITION}:ec2:${region}::${type}`),
    },
    {
      Sid: "InThisNetwork",
      Effect: "Allow",
      Action: start,
      Resource: [...(subnetIds === undefined ? [ec2("subnet")] : []), ec2("security-group")],
      Condition: { StringEquals: { [resourceTag]: ["shared", "owned"] } },
    },
    ...(subnetIds === undefined
      ? []
      : [
          {
            Sid: "InTheseSubnets",
            Effect: "Allow" as const,
            Action: start,
            Resource: subnetIds.map((id) => arn(cluster, "ec2", `subnet/${id}`)),
          },
        ]),
    {
      Sid: "FromOwnTemplates",
      Effect: "Allow",
      Action: start,
      Resource: ec2("launch-template"),
      Condition: { StringEquals: ofPool, StringLike: anyPool },
    },
    {
      Sid: "StartTagged",
      Effect: "Allow",
      Action: [...start, "ec2:CreateLaunchTemplate"],
      Resource: MADE.map(ec2),
      Condition: { StringEquals: requestTags, StringLike: anyPoolAsked },
    },
    {
      Sid: "TagWhatStarts",
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: MADE.map(ec2),
      Condition: {
        StringEquals: { ...requestTags, "ec2:CreateAction": ["RunInstances", "CreateFleet", "CreateLaunchTemplate"] },
        StringLike: anyPoolAsked,
      },
    },
    {
      Sid: "NameMachines",
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: ec2("instance"),
      Condition: {
        StringEquals: ofPool,
        StringLike: anyPool,
        StringEqualsIfExists: { "aws:RequestTag/eks:eks-cluster-name": clusterName },
        "ForAllValues:StringEquals": { "aws:TagKeys": ["eks:eks-cluster-name", "karpenter.sh/nodeclaim", "Name"] },
      },
    },
    {
      Sid: "Stop",
      Effect: "Allow",
      Action: ["ec2:TerminateInstances", "ec2:DeleteLaunchTemplate"],
      Resource: [ec2("instance"), ec2("launch-template")],
      Condition: { StringEquals: ofPool, StringLike: anyPool },
    },
    {
      Sid: "AsNodes",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: `arn:${PARTITION}:iam::${accountId}:role/${names.nodeRole}`,
      Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
    },
    {
      Sid: "Interruptions",
      Effect: "Allow",
      Action: ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"],
      Resource: arn(cluster, "sqs", names.queue),
    },
    { Sid: "Cluster", Effect: "Allow", Action: "eks:DescribeCluster", Resource: eks },
    {
      Sid: "ZonalShift",
      Effect: "Allow",
      Action: "arc-zonal-shift:GetManagedResource",
      Resource: "*",
      Condition: { StringEquals: { "arc-zonal-shift:ResourceIdentifier": eks } },
    },
    {
      Sid: "Look",
      Effect: "Allow",
      Action: [
        "ec2:DescribeCapacityReservations",
        "ec2:DescribeImages",
        "ec2:DescribeInstanceStatus",
        "ec2:DescribeInstanceTypeOfferings",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeInstances",
        "ec2:DescribeLaunchTemplates",
        "ec2:DescribePlacementGroups",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSpotPriceHistory",
        "ec2:DescribeSubnets",
      ],
      Resource: "*",
      Condition: { StringEquals: { "aws:RequestedRegion": region } },
    },
    {
      Sid: "ImageVersions",
      Effect: "Allow",
      Action: "ssm:GetParameter",
      Resource: `arn:${PARTITION}:ssm:${region}::parameter/aws/service/bottlerocket/*`,
    },
    // Prices have no region and profiles no tags that a list could be narrowed by; it changes neither.
    {
      Sid: "PricesAndProfiles",
      Effect: "Allow",
      Action: ["pricing:GetProducts", "iam:ListInstanceProfiles"],
      Resource: "*",
    },
    {
      Sid: "OwnProfile",
      Effect: "Allow",
      Action: "iam:GetInstanceProfile",
      Resource: `arn:${PARTITION}:iam::${accountId}:instance-profile/${names.instanceProfile}`,
    },
  ];
}
