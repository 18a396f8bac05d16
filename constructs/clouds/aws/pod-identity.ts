import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import { Sleep } from "@cdktf/provider-time/lib/sleep";
import { Construct } from "constructs";
import type { Identity } from "../cloud";
import { ensureTimeProvider } from "../shared/time-provider";
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
 * Associations are eventually consistent, "several seconds", and a pod that is admitted before one has taken effect
 * never gets credentials. https://docs.aws.amazon.com/eks/latest/APIReference/API_CreatePodIdentityAssociation.html
 */
const TAKES_EFFECT = "30s";

/**
 * A role that one service account of one cluster can take. Returns the annotation that the service account gets. It
 * names the association, by way of the wait after it: whatever refers to the service account comes after both, and
 * another association is another wait.
 */
export function createPodIdentity(scope: Construct, id: string, lookup: AwsLookup, identity: PodIdentity): Identity {
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
  ensureTimeProvider(here);
  const effect = new Sleep(here, "Effect", {
    createDuration: TAKES_EFFECT,
    triggers: { association: association.associationId },
  });
  return { annotations: { "goldenpath/pod-identity-association": effect.getStringAttribute("triggers.association") } };
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
