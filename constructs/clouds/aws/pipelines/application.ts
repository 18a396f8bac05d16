import { PARTITION } from "../regions";
import { notTheState, roleStatements, stateStatements } from "./apply";
import { arnsIn, notItself, policy, type Policy, type RightsIn } from "./policy";
import type { PASSED_TO } from "./types";

const PASSED = [
  "monitoring.rds.amazonaws.com",
  "pods.eks.amazonaws.com",
  "s3.amazonaws.com",
] as const satisfies readonly (typeof PASSED_TO)[number][];

/**
 * Rights of whoever applies the stack of an application alone, beside those of a plan: no network, no cluster, nothing of other
 * environments. Roles are of applications, not of the cluster.
 */
export function applicationPolicy(of: RightsIn): Policy {
  const { at, iam, buckets, importedDatabases, importedLogs } = arnsIn(of);
  const { environment, cluster } = of;
  return policy(
    {
      Sid: "Services",
      Effect: "Allow",
      Action: ["rds", "elasticache", "secretsmanager", "logs", "cloudwatch", "events", "sns"].map(
        (name) => `${name}:*`,
      ),
      Resource: [
        at("rds", `*:${environment}-*`),
        at("elasticache", `*:${environment}-*`),
        at("secretsmanager", `secret:${environment}/*`),
        at("secretsmanager", "secret:rds!db-*"),
        at("logs", `log-group:/aws/*/${environment}-*`),
        at("cloudwatch", `alarm:${environment}_*`),
        at("events", `rule/${environment}_*`),
        at("sns", `${environment}_*`),
        ...importedDatabases,
        ...importedLogs,
      ],
    },
    // Asked in the second region of an environment with `backups`, about what is in the first.
    {
      Sid: "Copies",
      Effect: "Allow",
      Action: ["Start", "Stop"].map((verb) => `rds:${verb}DBInstanceAutomatedBackupsReplication`),
      Resource: [
        at("rds", `db:${environment}-*`),
        ...importedDatabases,
        `arn:${PARTITION}:rds:*:${of.accountId}:auto-backup:*`,
      ],
    },
    {
      Sid: "Buckets",
      Effect: "Allow",
      Action: [
        "s3:CreateBucket",
        "s3:DeleteBucket*",
        "s3:PutBucket*",
        "s3:Put*Configuration",
        "s3:ListBucket*",
        "s3:DeleteObject*",
      ],
      Resource: buckets,
    },
    // IAM has no names for these before they exist.
    {
      Sid: "Unnamed",
      Effect: "Allow",
      Action: [
        "mq:*",
        ...[
          "CreateKey",
          "CreateAlias",
          "DeleteAlias",
          "UpdateAlias",
          "PutKeyPolicy",
          "EnableKeyRotation",
          "TagResource",
        ].map((action) => `kms:${action}`),
        ...["UntagResource", "UpdateKeyDescription", "ScheduleKeyDeletion", "CreateGrant"].map(
          (action) => `kms:${action}`,
        ),
        ...[
          "CreateSecurityGroup",
          "DeleteSecurityGroup",
          "AuthorizeSecurityGroupIngress",
          "RevokeSecurityGroupIngress",
        ].map((action) => `ec2:${action}`),
        ...["RevokeSecurityGroupEgress", "ModifySecurityGroupRules", "CreateTags", "DeleteTags"].map(
          (action) => `ec2:${action}`,
        ),
        // Amazon MQ puts its brokers into the subnets with the rights of who asks for one.
        ...["CreateNetworkInterface", "CreateNetworkInterfacePermission", "DeleteNetworkInterface"].map(
          (action) => `ec2:${action}`,
        ),
        ...["CreateLogDelivery", "UpdateLogDelivery", "DeleteLogDelivery", "PutResourcePolicy"].map(
          (action) => `logs:${action}`,
        ),
      ],
      Resource: "*",
    },
    {
      Sid: "Identities",
      Effect: "Allow",
      Action: ["Create", "Update", "Delete"]
        .map((verb) => `eks:${verb}PodIdentityAssociation`)
        .concat("eks:TagResource"),
      Resource: [at("eks", `cluster/${cluster}`), at("eks", `podidentityassociation/${cluster}/*`)],
    },
    ...stateStatements(of),
    ...roleStatements(of, [iam(`role/${environment}.*`)], PASSED),
    notItself(of),
    ...notTheState(of),
  );
}
