/**
 * An action of IAM by which each type is made. One of them tells whether who deploys may make it at all, not whether it may all else that
 * it takes.
 */
export const AWS_MAKES: Readonly<Record<string, string>> = {
  aws_chatbot_slack_channel_configuration: "chatbot:CreateSlackChannelConfiguration",
  aws_cloudwatch_event_rule: "events:PutRule",
  aws_cloudwatch_event_target: "events:PutTargets",
  aws_cloudwatch_log_group: "logs:CreateLogGroup",
  aws_cloudwatch_metric_alarm: "cloudwatch:PutMetricAlarm",
  aws_db_instance: "rds:CreateDBInstance",
  aws_db_instance_automated_backups_replication: "rds:StartDBInstanceAutomatedBackupsReplication",
  aws_db_parameter_group: "rds:CreateDBParameterGroup",
  aws_db_subnet_group: "rds:CreateDBSubnetGroup",
  aws_default_security_group: "ec2:RevokeSecurityGroupEgress",
  aws_efs_backup_policy: "elasticfilesystem:PutBackupPolicy",
  aws_efs_file_system: "elasticfilesystem:CreateFileSystem",
  aws_efs_file_system_policy: "elasticfilesystem:PutFileSystemPolicy",
  aws_efs_mount_target: "elasticfilesystem:CreateMountTarget",
  aws_efs_replication_configuration: "elasticfilesystem:CreateReplicationConfiguration",
  aws_eip: "ec2:AllocateAddress",
  aws_eks_access_entry: "eks:CreateAccessEntry",
  aws_eks_access_policy_association: "eks:AssociateAccessPolicy",
  aws_eks_addon: "eks:CreateAddon",
  aws_eks_cluster: "eks:CreateCluster",
  aws_eks_node_group: "eks:CreateNodegroup",
  aws_eks_pod_identity_association: "eks:CreatePodIdentityAssociation",
  aws_elasticache_parameter_group: "elasticache:CreateCacheParameterGroup",
  aws_elasticache_replication_group: "elasticache:CreateReplicationGroup",
  aws_elasticache_subnet_group: "elasticache:CreateCacheSubnetGroup",
  aws_elasticache_user: "elasticache:CreateUser",
  aws_elasticache_user_group: "elasticache:CreateUserGroup",
  aws_flow_log: "ec2:CreateFlowLogs",
  aws_iam_instance_profile: "iam:CreateInstanceProfile",
  aws_iam_role: "iam:CreateRole",
  aws_iam_role_policy: "iam:PutRolePolicy",
  aws_iam_role_policy_attachment: "iam:AttachRolePolicy",
  aws_internet_gateway: "ec2:CreateInternetGateway",
  aws_kms_alias: "kms:CreateAlias",
  aws_kms_key: "kms:CreateKey",
  aws_launch_template: "ec2:CreateLaunchTemplate",
  aws_mq_broker: "mq:CreateBroker",
  aws_nat_gateway: "ec2:CreateNatGateway",
  aws_prometheus_alert_manager_definition: "aps:CreateAlertManagerDefinition",
  aws_prometheus_rule_group_namespace: "aps:CreateRuleGroupsNamespace",
  aws_prometheus_workspace: "aps:CreateWorkspace",
  aws_prometheus_workspace_configuration: "aps:UpdateWorkspaceConfiguration",
  aws_route: "ec2:CreateRoute",
  aws_route_table: "ec2:CreateRouteTable",
  aws_route_table_association: "ec2:AssociateRouteTable",
  aws_s3_bucket: "s3:CreateBucket",
  aws_s3_bucket_cors_configuration: "s3:PutBucketCORS",
  aws_s3_bucket_lifecycle_configuration: "s3:PutLifecycleConfiguration",
  aws_s3_bucket_ownership_controls: "s3:PutBucketOwnershipControls",
  aws_s3_bucket_policy: "s3:PutBucketPolicy",
  aws_s3_bucket_public_access_block: "s3:PutBucketPublicAccessBlock",
  aws_s3_bucket_replication_configuration: "s3:PutReplicationConfiguration",
  aws_s3_bucket_server_side_encryption_configuration: "s3:PutEncryptionConfiguration",
  aws_s3_bucket_versioning: "s3:PutBucketVersioning",
  aws_secretsmanager_secret: "secretsmanager:CreateSecret",
  aws_secretsmanager_secret_version: "secretsmanager:PutSecretValue",
  aws_security_group: "ec2:CreateSecurityGroup",
  aws_sns_topic: "sns:CreateTopic",
  aws_sns_topic_policy: "sns:SetTopicAttributes",
  aws_sns_topic_subscription: "sns:Subscribe",
  aws_sqs_queue: "sqs:CreateQueue",
  aws_sqs_queue_policy: "sqs:SetQueueAttributes",
  aws_subnet: "ec2:CreateSubnet",
  aws_vpc: "ec2:CreateVpc",
  aws_vpc_endpoint: "ec2:CreateVpcEndpoint",
  aws_vpc_security_group_ingress_rule: "ec2:AuthorizeSecurityGroupIngress",
};

/** A role that a service of AWS's takes on by itself, and who makes it. */
export interface ServiceRole {
  readonly role: string;
  /** The service's name to IAM. */
  readonly service: string;
}

const EKS = "AWSServiceRoleForAmazonEKS";

/**
 * Service-linked roles that making a type asks for. AWS makes one at the first use of its service in an account, by the right of whoever
 * uses it: `iam:CreateServiceLinkedRole`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
 */
export const SERVICE_ROLES: Readonly<Record<string, readonly ServiceRole[]>> = {
  aws_db_instance: [{ role: "AWSServiceRoleForRDS", service: "rds.amazonaws.com" }],
  aws_efs_file_system: [
    { role: "AWSServiceRoleForAmazonElasticFileSystem", service: "elasticfilesystem.amazonaws.com" },
  ],
  aws_eks_cluster: [{ role: EKS, service: "eks.amazonaws.com" }],
  aws_eks_node_group: [
    { role: `${EKS}Nodegroup`, service: "eks-nodegroup.amazonaws.com" },
    { role: "AWSServiceRoleForAutoScaling", service: "autoscaling.amazonaws.com" },
  ],
  aws_elasticache_replication_group: [{ role: "AWSServiceRoleForElastiCache", service: "elasticache.amazonaws.com" }],
  aws_mq_broker: [{ role: "AWSServiceRoleForAmazonMQ", service: "mq.amazonaws.com" }],
};

/** The one of spot machines, which EC2 makes for whoever asks for one by its own right: Karpenter has none to make it. */
export const SPOT_ROLE: ServiceRole = { role: "AWSServiceRoleForEC2Spot", service: "spot.amazonaws.com" };

/** The one by which the controller in the cluster makes load balancers. */
export const LOAD_BALANCER_ROLE: ServiceRole = {
  role: "AWSServiceRoleForElasticLoadBalancing",
  service: "elasticloadbalancing.amazonaws.com",
};
