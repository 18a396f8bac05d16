/** Where a name is taken, and by which arguments of the resource. */
export type Names =
  /** Once for all regions: of the account, project or subscription, or of everybody. `source` says so. */
  | { readonly once: "everybody" | "account"; readonly by: readonly string[]; readonly source: string }
  /** Once in each region. */
  | { readonly once: "region"; readonly by: readonly string[] }
  /** Once in or for what the first arguments lead to. */
  | { readonly of: readonly string[]; readonly by: readonly string[] }
  /** Nowhere: the cloud draws what it is called by. */
  | { readonly drawn: true };

export type NamesByType = Readonly<Record<string, Names>>;

const all = (types: readonly string[], names: Names): NamesByType =>
  Object.fromEntries(types.map((type) => [type, names]));

/** Each with the argument that has the name. */
export const inRegion = (types: Readonly<Record<string, string>>): NamesByType =>
  Object.fromEntries(Object.entries(types).map(([type, by]) => [type, { once: "region", by: [by] }]));

/** Each with what it is in or for, and what tells it from others there. */
export const partOf = (types: Readonly<Record<string, readonly [of: string, ...by: string[]]>>): NamesByType =>
  Object.fromEntries(Object.entries(types).map(([type, [of, ...by]]) => [type, { of: [of], by }]));

export const drawn = (...types: readonly string[]): NamesByType => all(types, { drawn: true });

/** Longest names, by type of resource, of kinds whose names are told apart by one argument that is cut to fit. */
export const LONGEST: Readonly<Record<string, number>> = {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  ...{ aws_iam_role: 64, aws_iam_instance_profile: 128 },
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
  aws_s3_bucket: 63,
  ...{ aws_cloudwatch_event_rule: 64, aws_cloudwatch_metric_alarm: 255, aws_sqs_queue: 80, aws_sns_topic: 256 },
  ...{
    aws_db_instance: 63,
    aws_db_subnet_group: 255,
    aws_efs_file_system: 64,
    aws_eks_cluster: 100,
    aws_mq_broker: 50,
  },
  ...{ aws_elasticache_replication_group: 40, aws_elasticache_user: 40, aws_elasticache_user_group: 40 },
  ...{ aws_kms_alias: 256, aws_launch_template: 128 },
  // https://docs.cloud.google.com/compute/docs/naming-resources
  ...{ google_compute_firewall: 63, google_compute_network: 63, google_compute_global_address: 63 },
  ...{ google_compute_address: 63, google_compute_router: 63, google_compute_subnetwork: 63 },
  ...{ google_container_cluster: 40, google_dns_managed_zone: 63, google_kms_key_ring: 63, google_redis_instance: 40 },
  ...{ google_logging_project_sink: 100, google_logging_project_exclusion: 100, google_pubsub_topic: 255 },
  // https://docs.cloud.google.com/iam/docs/reference/rest/v1/projects.roles/create
  google_project_iam_custom_role: 64,
  ...{ google_secret_manager_secret: 255, google_service_account: 30, google_storage_bucket: 63 },
  // https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules
  ...{ azurerm_key_vault: 24, azurerm_storage_account: 24, azurerm_resource_group: 90, azurerm_kubernetes_cluster: 80 },
  ...{ azurerm_managed_redis: 60, azurerm_mysql_flexible_server: 63, azurerm_role_definition: 128 },
};
