import { byName, json, REF, tagList, text, type Translations, truth } from "../translation";
import { buckets } from "./buckets";

const AT_DELETION = { without: "CloudFormation says it beside the properties, by DeletionPolicy" };
const WHEN = { without: "CloudFormation leaves no choice of when" };
const PARAMETERS = "Parameters";

/** Parameters by their names. CloudFormation itself has those that are read at the start wait for it. */
const withoutTimes = (value: unknown): unknown =>
  byName(
    (value as readonly Readonly<Record<string, unknown>>[]).map((parameter) =>
      Object.fromEntries(Object.entries(parameter).filter(([field]) => field !== "apply_method")),
    ),
  );

export const data: Translations = {
  ...buckets,
  aws_db_instance: {
    type: "AWS::RDS::DBInstance",
    says: {
      allocated_storage: { name: "AllocatedStorage", value: text },
      backup_window: "PreferredBackupWindow",
      ca_cert_identifier: "CACertificateIdentifier",
      db_name: "DBName",
      db_subnet_group_name: "DBSubnetGroupName",
      enabled_cloudwatch_logs_exports: "EnableCloudwatchLogsExports",
      final_snapshot_identifier: AT_DELETION,
      identifier: "DBInstanceIdentifier",
      instance_class: "DBInstanceClass",
      maintenance_window: "PreferredMaintenanceWindow",
      master_user_secret_kms_key_id: "MasterUserSecret.KmsKeyId",
      multi_az: "MultiAZ",
      parameter_group_name: "DBParameterGroupName",
      performance_insights_enabled: "EnablePerformanceInsights",
      performance_insights_kms_key_id: "PerformanceInsightsKMSKeyId",
      port: { name: "Port", value: text },
      skip_final_snapshot: AT_DELETION,
      username: "MasterUsername",
      vpc_security_group_ids: "VPCSecurityGroups",
    },
    reads: { arn: "DBInstanceArn", identifier: REF },
  },
  aws_db_parameter_group: {
    type: "AWS::RDS::DBParameterGroup",
    says: {
      name_prefix: { without: "Terraform makes a name of it" },
      parameter: { name: PARAMETERS, value: withoutTimes },
      skip_destroy: AT_DELETION,
    },
    reads: { name: REF },
  },
  aws_db_subnet_group: {
    type: "AWS::RDS::DBSubnetGroup",
    says: { name: "DBSubnetGroupName" },
    adds: { DBSubnetGroupDescription: "Managed by Terraform" },
    reads: { name: REF },
  },
  aws_efs_backup_policy: { of: "file_system_id" },
  aws_efs_file_system: {
    type: "AWS::EFS::FileSystem",
    says: {
      creation_token: { without: "CloudFormation makes one itself" },
      lifecycle_policy: "LifecyclePolicies",
      "lifecycle_policy.transition_to_ia": "TransitionToIA",
      tags: { name: "FileSystemTags", value: tagList },
    },
    reads: { id: REF },
  },
  aws_efs_file_system_policy: {
    of: "file_system_id",
    says: { policy: { name: "FileSystemPolicy", value: json } },
  },
  aws_efs_mount_target: { type: "AWS::EFS::MountTarget" },
  aws_elasticache_parameter_group: {
    type: "AWS::ElastiCache::ParameterGroup",
    says: {
      family: "CacheParameterGroupFamily",
      name: "CacheParameterGroupName",
      parameter: { name: "Properties", value: byName },
    },
    reads: { name: REF },
  },
  aws_elasticache_replication_group: {
    type: "AWS::ElastiCache::ReplicationGroup",
    says: {
      apply_immediately: WHEN,
      at_rest_encryption_enabled: { name: "AtRestEncryptionEnabled", value: truth },
      auto_minor_version_upgrade: { name: "AutoMinorVersionUpgrade", value: truth },
      description: "ReplicationGroupDescription",
      final_snapshot_identifier: AT_DELETION,
      log_delivery_configuration: "LogDeliveryConfigurations",
      "log_delivery_configuration.destination": "DestinationDetails.CloudWatchLogsDetails.LogGroup",
      maintenance_window: "PreferredMaintenanceWindow",
      multi_az_enabled: "MultiAZEnabled",
      node_type: "CacheNodeType",
      parameter_group_name: "CacheParameterGroupName",
      subnet_group_name: "CacheSubnetGroupName",
    },
  },
  aws_elasticache_subnet_group: {
    type: "AWS::ElastiCache::SubnetGroup",
    says: { name: "CacheSubnetGroupName" },
    adds: { Description: "Managed by Terraform" },
    reads: { name: REF },
  },
  aws_elasticache_user: { type: "AWS::ElastiCache::User", reads: { user_id: REF } },
  aws_elasticache_user_group: { type: "AWS::ElastiCache::UserGroup", reads: { user_group_id: REF } },
  aws_mq_broker: {
    type: "AWS::AmazonMQ::Broker",
    says: { apply_immediately: WHEN, user: "Users" },
    // CloudFormation gives its id alone, which is a text too.
    reads: { broker_name: REF },
  },
};
