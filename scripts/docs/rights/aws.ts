/** Service prefix in IAM of each type that an application's stack makes or reads: an unknown one is a failed test. */
export const AWS_SERVICES: Readonly<Record<string, string>> = {
  aws_cloudwatch_event_rule: "events",
  aws_cloudwatch_event_target: "events",
  aws_cloudwatch_log_group: "logs",
  aws_cloudwatch_metric_alarm: "cloudwatch",
  aws_db_instance: "rds",
  aws_db_instance_automated_backups_replication: "rds",
  aws_db_parameter_group: "rds",
  aws_db_subnet_group: "rds",
  aws_eks_cluster: "eks",
  aws_eks_pod_identity_association: "eks",
  aws_elasticache_parameter_group: "elasticache",
  aws_elasticache_replication_group: "elasticache",
  aws_elasticache_subnet_group: "elasticache",
  aws_elasticache_user: "elasticache",
  aws_elasticache_user_group: "elasticache",
  aws_iam_role: "iam",
  aws_iam_role_policy: "iam",
  aws_iam_role_policy_attachment: "iam",
  aws_kms_alias: "kms",
  aws_kms_key: "kms",
  aws_mq_broker: "mq",
  aws_prefix_list: "ec2",
  aws_s3_bucket: "s3",
  aws_s3_bucket_lifecycle_configuration: "s3",
  aws_s3_bucket_ownership_controls: "s3",
  aws_s3_bucket_policy: "s3",
  aws_s3_bucket_public_access_block: "s3",
  aws_s3_bucket_replication_configuration: "s3",
  aws_s3_bucket_server_side_encryption_configuration: "s3",
  aws_s3_bucket_versioning: "s3",
  aws_secretsmanager_secret: "secretsmanager",
  aws_secretsmanager_secret_version: "secretsmanager",
  aws_secretsmanager_secrets: "secretsmanager",
  aws_security_group: "ec2",
  aws_sns_topic: "sns",
  aws_sns_topic_policy: "sns",
  aws_sns_topic_subscription: "sns",
  aws_subnets: "ec2",
  aws_vpc_security_group_ingress_rule: "ec2",
};

interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface Policy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

const policy = (...statements: readonly Statement[]): Policy => ({ Version: "2012-10-17", Statement: statements });

const PREFIXES = [...new Set(Object.values(AWS_SERVICES))].sort();

const at = (service: string, resource: string): string => `arn:aws:${service}:<region>:<account>:${resource}`;
const BOUNDARY = "arn:aws:iam::<account>:policy/<boundary>";
const ROLES = "arn:aws:iam::<account>:role/<environment>.*";
const STATE = "arn:aws:s3:::<state bucket>/<stack>.tfstate";

const THROUGH_SERVICES = {
  StringEquals: { "kms:ViaService": ["secretsmanager", "s3", "rds"].map((name) => `${name}.<region>.amazonaws.com`) },
};

/** What no role made here may do, whatever is attached to it: anything to IAM that would make it more than it is. */
export const AWS_BOUNDARY = policy(
  { Sid: "All", Effect: "Allow", NotAction: ["iam:*", "organizations:*", "account:*"], Resource: "*" },
  {
    Sid: "WhatClustersNeedOfIam",
    Effect: "Allow",
    Action: [
      "iam:PassRole",
      "iam:CreateServiceLinkedRole",
      "iam:GetRole",
      "iam:GetInstanceProfile",
      "iam:ListAttachedRolePolicies",
    ],
    Resource: "*",
  },
);

/** Refreshes and compares, and holds the lock of the state meanwhile. */
export const AWS_PLAN = policy(
  {
    Sid: "Read",
    Effect: "Allow",
    Action: PREFIXES.filter((prefix) => prefix !== "secretsmanager").flatMap((prefix) => [
      ...(prefix === "s3" || prefix === "iam" ? [] : [`${prefix}:Describe*`]),
      ...(prefix === "s3" ? ["s3:GetBucket*", "s3:Get*Configuration"] : prefix === "ec2" ? [] : [`${prefix}:Get*`]),
      ...(prefix === "ec2" ? [] : [`${prefix}:List*`]),
    ]),
    Resource: "*",
  },
  { Sid: "SecretNames", Effect: "Allow", Action: ["secretsmanager:ListSecrets"], Resource: "*" },
  {
    Sid: "Secrets",
    Effect: "Allow",
    Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy", "secretsmanager:GetSecretValue"],
    Resource: [at("secretsmanager", "secret:<environment>/*")],
  },
  {
    Sid: "State",
    Effect: "Allow",
    Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
    Resource: [STATE, `${STATE}.tflock`],
  },
  {
    Sid: "Keys",
    Effect: "Allow",
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: at("kms", "key/*"),
    Condition: THROUGH_SERVICES,
  },
);

/** Rights beside the above. Roles are made with the boundary or not at all, and nobody can take it off. */
export const AWS_DEPLOY = policy(
  {
    Sid: "Services",
    Effect: "Allow",
    Action: ["rds:*", "elasticache:*", "secretsmanager:*", "logs:*", "cloudwatch:*", "events:*", "sns:*"],
    Resource: [
      at("rds", "*:<environment>-*"),
      at("elasticache", "*:<environment>-*"),
      at("secretsmanager", "secret:<environment>/*"),
      at("secretsmanager", "secret:rds!db-*"),
      at("logs", "log-group:/aws/*/<environment>-*"),
      at("cloudwatch", "alarm:<environment>_*"),
      at("events", "rule/<environment>_*"),
      at("sns", "<environment>_*"),
    ],
  },
  // Asked in the second region of an environment with `backups`, about what is in the first.
  {
    Sid: "Copies",
    Effect: "Allow",
    Action: ["Start", "Stop"].map((verb) => `rds:${verb}DBInstanceAutomatedBackupsReplication`),
    Resource: [at("rds", "db:<environment>-*"), "arn:aws:rds:<second region>:<account>:auto-backup:*"],
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
    Resource: ["arn:aws:s3:::<environment>-*"],
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
    Action: ["Create", "Update", "Delete"].map((verb) => `eks:${verb}PodIdentityAssociation`).concat("eks:TagResource"),
    Resource: [at("eks", "cluster/<cluster>"), at("eks", "podidentityassociation/<cluster>/*")],
  },
  {
    Sid: "BoundedRoles",
    Effect: "Allow",
    Action: [
      "iam:CreateRole",
      "iam:PutRolePermissionsBoundary",
      "iam:PutRolePolicy",
      "iam:DeleteRolePolicy",
      "iam:AttachRolePolicy",
      "iam:DetachRolePolicy",
    ],
    Resource: [ROLES],
    Condition: { StringEquals: { "iam:PermissionsBoundary": BOUNDARY } },
  },
  {
    Sid: "OwnRoles",
    Effect: "Allow",
    Action: [
      "iam:DeleteRole",
      "iam:TagRole",
      "iam:UntagRole",
      "iam:UpdateAssumeRolePolicy",
      "iam:UpdateRole",
      "iam:UpdateRoleDescription",
    ],
    Resource: [ROLES],
  },
  {
    Sid: "PassThem",
    Effect: "Allow",
    Action: ["iam:PassRole"],
    Resource: [ROLES],
    Condition: {
      StringEquals: {
        "iam:PassedToService": ["monitoring.rds.amazonaws.com", "pods.eks.amazonaws.com", "s3.amazonaws.com"],
      },
    },
  },
);
