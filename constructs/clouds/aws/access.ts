import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import { Construct } from "constructs";
import { ACCESS_GROUPS, everyGroup } from "../shared/access";
import type { ClusterAccess } from "./props";
import { PARTITION } from "./regions";

/**
 * Policies of EKS by what people do. The view policy leaves Secrets out, and all kinds that are not Kubernetes' own; that of
 * planners is `get`, `list` and `watch` of everything: https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
 */
const POLICIES = {
  deployers: "AmazonEKSClusterAdminPolicy",
  administrators: "AmazonEKSClusterAdminPolicy",
  viewers: "AmazonEKSViewPolicy",
  planners: "AmazonEKSAdminViewPolicy",
} as const satisfies Record<keyof ClusterAccess, string>;

/** Access entries: who may use the Kubernetes API. There is no `aws-auth` ConfigMap beside them. */
export class Access extends Construct {
  constructor(scope: Construct, id: string, props: { clusterName: string; access: ClusterAccess }) {
    super(scope, id);
    const { clusterName, access } = props;
    const entries = everyGroup(access);
    for (const group of ACCESS_GROUPS) {
      for (const principalArn of entries[group]) {
        // By principal, so that the order of the list means nothing.
        const principal = new Construct(this, principalArn);
        const entry = new EksAccessEntry(principal, "Default", { clusterName, principalArn, type: "STANDARD" });
        new EksAccessPolicyAssociation(principal, "Policy", {
          clusterName,
          principalArn: entry.principalArn,
          policyArn: `arn:${PARTITION}:eks::aws:cluster-access-policy/${POLICIES[group]}`,
          accessScope: { type: "cluster" },
        });
      }
    }
  }
}
