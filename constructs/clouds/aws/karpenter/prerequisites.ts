import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { Construct } from "constructs";
import { Role, serviceTrust, type Statement } from "../iam";
import { karpenterNames } from "../names";
import { NODE_POLICIES } from "../nodes";
import type { Settings } from "../settings";
import { Interruptions } from "./interruptions";

/**
 * What Karpenter finds when it is installed, and what outlives it: who its nodes are, and the queue that says which of
 * them AWS is about to take.
 */
export class KarpenterPrerequisites extends Construct {
  readonly nodeRoleArn: string;

  /** `statements`: what its nodes may do beside joining and pulling. */
  constructor(
    scope: Construct,
    id: string,
    settings: Settings,
    clusterName: string,
    statements?: readonly Statement[],
  ) {
    super(scope, id);
    const names = karpenterNames(settings.clusterName, settings.region);
    // Not the role of the managed groups: EKS makes and takes away that one's access entry by itself.
    const role = new Role(this, "NodeRole", {
      name: names.nodeRole,
      description: `Nodes that Karpenter makes for ${settings.clusterName}`,
      trust: serviceTrust("ec2.amazonaws.com"),
      awsPolicies: NODE_POLICIES,
      statements,
    });
    this.nodeRoleArn = role.arn;
    // Made here rather than by Karpenter, which then needs no right to change anything in IAM.
    new IamInstanceProfile(this, "InstanceProfile", {
      name: names.instanceProfile,
      role: role.name,
      dependsOn: [...role.permissions],
    });
    new EksAccessEntry(this, "Nodes", { clusterName, principalArn: role.arn, type: "EC2_LINUX" });
    new Interruptions(this, "Interruptions", { cluster: settings.clusterName, queueName: names.queue });
  }
}
