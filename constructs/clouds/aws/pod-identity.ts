import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import { Construct } from "constructs";
import { arn } from "./arn";
import { Role, type Statement } from "./iam";
import type { AwsLookup } from "./lookup";

export interface PodIdentity {
  readonly roleName: string;
  readonly description: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** All the role may do. At least one. */
  readonly statements: readonly Statement[];
  readonly tags: Record<string, string>;
}

/**
 * A role that one service account of one cluster can take. Returns the annotation that the service account gets: the
 * cluster hands out credentials only to pods created after the association, and a reference is what orders them.
 */
export function createPodIdentity(
  scope: Construct,
  id: string,
  lookup: AwsLookup,
  identity: PodIdentity,
): Record<string, string> {
  const here = new Construct(scope, id);
  const { namespace, serviceAccount, statements, tags } = identity;
  const role = new Role(here, "Role", {
    name: identity.roleName,
    description: identity.description,
    trust: podIdentityTrust(lookup, namespace, serviceAccount),
    statements,
    tags,
  });
  const association = new EksPodIdentityAssociation(here, "Default", {
    clusterName: lookup.clusterName,
    namespace,
    serviceAccount,
    roleArn: role.arn,
    tags,
    dependsOn: [...role.permissions],
  });
  return { "goldenpath/pod-identity-association": association.associationId };
}

/**
 * EKS sets the session tags, not the pod: with them in the condition no other association, cluster or account can be
 * used to reach the role. https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 */
export function podIdentityTrust(
  cluster: Pick<AwsLookup, "region" | "accountId" | "clusterName">,
  namespace: string,
  serviceAccount: string,
): Statement {
  return {
    Effect: "Allow",
    Principal: { Service: "pods.eks.amazonaws.com" },
    Action: ["sts:AssumeRole", "sts:TagSession"],
    Condition: {
      StringEquals: {
        "aws:RequestTag/eks-cluster-arn": arn(cluster, "eks", `cluster/${cluster.clusterName}`),
        "aws:RequestTag/kubernetes-namespace": namespace,
        "aws:RequestTag/kubernetes-service-account": serviceAccount,
      },
    },
  };
}
