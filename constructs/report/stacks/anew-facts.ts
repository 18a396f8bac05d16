/*
 * Which arguments a provider changes in place, and which it makes a resource anew for, by types of which something is lost or away when it
 * goes. Read from the providers' sources in August 2026 (hashicorp/terraform-provider-aws: internal/service, -google: google/services,
 * -azurerm: internal/services, -kubernetes: kubernetes/) and from recorded plans, to which a test holds it. What stands in no list is not
 * known: only a plan tells. Paths are without indexes, and mean all that is below them.
 */

export interface AnewFacts {
  /** Arguments of which another value is another resource. */
  readonly anew?: string;
  /** Arguments that change in place. */
  readonly inPlace?: string;
  /** Amounts that may grow in place, and are another resource where they are less. */
  readonly grows?: string;
  /** Arguments, by their names, that stay as they are where nothing is said of them any more: their provider computes them then. */
  readonly stays?: string;
  /** Whether what is in no list changes in place: where the provider was read whole. @default false */
  readonly isWhole?: true;
}

const NAMED = "metadata.name metadata.namespace metadata.generate_name";

/** Facts of every type of Kubernetes' provider: objects keep their name and namespace. */
export const KUBERNETES: AnewFacts = { anew: NAMED, isWhole: true };

export const ANEW: Readonly<Record<string, AnewFacts>> = {
  kubernetes_config_map_v1: { anew: `${NAMED} immutable`, isWhole: true },
  kubernetes_deployment_v1: { anew: `${NAMED} spec.selector`, isWhole: true },
  kubernetes_job_v1: {
    anew: `${NAMED} spec.template spec.selector spec.completions spec.completion_mode spec.pod_failure_policy spec.backoff_limit_per_index`,
    isWhole: true,
  },
  kubernetes_manifest: {
    anew: "manifest.apiVersion manifest.kind manifest.metadata.name manifest.metadata.namespace",
    isWhole: true,
  },
  kubernetes_persistent_volume_claim_v1: {
    anew: `${NAMED} spec.access_modes spec.resources.limits spec.selector spec.storage_class_name spec.volume_mode spec.volume_name`,
    grows: "spec.resources.requests",
    isWhole: true,
  },
  kubernetes_role_binding_v1: { anew: `${NAMED} role_ref`, isWhole: true },
  kubernetes_cluster_role_binding_v1: { anew: `${NAMED} role_ref`, isWhole: true },
  kubernetes_secret_v1: { anew: `${NAMED} type immutable`, isWhole: true },
  kubernetes_service_v1: {
    anew: `${NAMED} spec.cluster_ip spec.cluster_ips spec.health_check_node_port spec.load_balancer_class`,
    isWhole: true,
  },
  kubernetes_stateful_set_v1: {
    anew: `${NAMED} spec.pod_management_policy spec.revision_history_limit spec.selector spec.service_name spec.volume_claim_template`,
    isWhole: true,
  },
  kubernetes_storage_class_v1: {
    anew: `${NAMED} allowed_topologies mount_options parameters storage_provisioner volume_binding_mode`,
    isWhole: true,
  },
  kubernetes_resource_quota_v1: { anew: `${NAMED} spec.scopes`, isWhole: true },
  aws_eks_addon: {
    anew: "addon_name cluster_name",
    inPlace:
      "addon_version configuration_values pod_identity_association preserve resolve_conflicts_on_create " +
      "resolve_conflicts_on_update service_account_role_arn",
  },
  helm_release: {
    anew: "name namespace",
    inPlace: "chart values version",
  },
  random_password: {
    anew: "keepers length lower min_lower min_numeric min_special min_upper numeric override_special special upper",
  },
  random_id: { anew: "byte_length keepers prefix" },
  terraform_data: { anew: "triggers_replace", inPlace: "input" },
  time_sleep: { anew: "triggers", inPlace: "create_duration destroy_duration" },

  aws_cloudwatch_log_group: {
    anew: "log_group_class name name_prefix",
    inPlace: "kms_key_id retention_in_days skip_destroy",
  },
  aws_db_instance: {
    anew: "availability_zone character_set_name db_name engine kms_key_id snapshot_identifier storage_encrypted timezone username",
    inPlace:
      "allocated_storage allow_major_version_upgrade apply_immediately auto_minor_version_upgrade backup_retention_period backup_window " +
      "ca_cert_identifier copy_tags_to_snapshot delete_automated_backups deletion_protection " +
      "enabled_cloudwatch_logs_exports engine_version final_snapshot_identifier instance_class iops maintenance_window " +
      "max_allocated_storage monitoring_interval monitoring_role_arn multi_az parameter_group_name " +
      "performance_insights_enabled performance_insights_retention_period port publicly_accessible skip_final_snapshot storage_type " +
      "vpc_security_group_ids",
  },
  aws_efs_file_system: {
    anew: "availability_zone_name creation_token encrypted kms_key_id performance_mode",
    inPlace: "lifecycle_policy protection provisioned_throughput_in_mibps throughput_mode",
  },
  aws_eks_cluster: {
    anew:
      "access_config.bootstrap_cluster_creator_admin_permissions bootstrap_self_managed_addons kubernetes_network_config.ip_family " +
      "kubernetes_network_config.service_ipv4_cidr name remote_network_config role_arn",
    inPlace:
      "access_config.authentication_mode enabled_cluster_log_types upgrade_policy version vpc_config.endpoint_private_access " +
      "vpc_config.endpoint_public_access vpc_config.public_access_cidrs zonal_shift_config",
  },
  aws_eks_node_group: {
    anew:
      "ami_type capacity_type cluster_name disk_size instance_types launch_template.id launch_template.name node_group_name node_role_arn " +
      "remote_access subnet_ids",
    inPlace:
      "force_update_version labels launch_template.version node_repair_config release_version scaling_config taint update_config version",
  },
  aws_elasticache_replication_group: {
    anew:
      "at_rest_encryption_enabled data_tiering_enabled kms_key_id network_type port replication_group_id snapshot_arns snapshot_name " +
      "subnet_group_name",
    inPlace:
      "apply_immediately auto_minor_version_upgrade automatic_failover_enabled description final_snapshot_identifier " +
      "log_delivery_configuration maintenance_window multi_az_enabled node_type num_cache_clusters parameter_group_name security_group_ids " +
      "snapshot_retention_limit snapshot_window user_group_ids",
  },
  aws_kms_key: {
    anew: "custom_key_store_id customer_master_key_spec key_usage multi_region xks_key_id",
    inPlace:
      "bypass_policy_lockout_safety_check deletion_window_in_days description enable_key_rotation is_enabled policy rotation_period_in_days",
  },
  aws_mq_broker: {
    anew: "broker_name deployment_mode encryption_options engine_type ldap_server_metadata publicly_accessible subnet_ids",
    inPlace:
      "apply_immediately auto_minor_version_upgrade configuration engine_version host_instance_type logs maintenance_window_start_time " +
      "security_groups",
  },
  aws_s3_bucket: { anew: "bucket bucket_prefix" },
  aws_secretsmanager_secret: {
    anew: "name name_prefix",
    inPlace: "description force_overwrite_replica_secret kms_key_id policy recovery_window_in_days replica",
  },

  google_compute_subnetwork: { anew: "name network project region" },
  google_container_cluster: {
    anew:
      "cluster_autoscaling.auto_provisioning_defaults.boot_disk_kms_key cluster_ipv4_cidr datapath_provider default_max_pods_per_node " +
      "enable_autopilot initial_node_count ip_allocation_policy location name network networking_mode node_pool " +
      "private_cluster_config.master_ipv4_cidr_block private_cluster_config.private_endpoint_subnetwork project subnetwork",
    inPlace:
      "database_encryption deletion_protection maintenance_policy master_authorized_networks_config min_master_version " +
      "private_cluster_config.enable_private_endpoint release_channel resource_labels",
  },
  google_filestore_instance: {
    anew: "file_shares.name kms_key_name location name networks project protocol tier zone",
    inPlace: "file_shares.nfs_export_options labels",
    grows: "file_shares.capacity_gb",
  },
  google_kms_crypto_key: {
    anew: "destroy_scheduled_duration import_only key_ring name purpose version_template.protection_level",
    inPlace: "labels rotation_period",
    stays: "destroy_scheduled_duration import_only version_template",
  },
  google_logging_project_bucket_config: {
    anew: "bucket_id location project",
    inPlace: "cmek_settings description retention_days",
  },
  google_memorystore_instance: {
    anew:
      "authorization_mode desired_auto_created_endpoints desired_psc_auto_connections instance_id kms_key location mode project " +
      "transit_encryption_mode zone_distribution_config",
    inPlace: "deletion_protection_enabled labels shard_count",
  },
  google_redis_instance: {
    anew:
      "alternative_location_id authorized_network connect_mode customer_managed_key location_id name project region reserved_ip_range tier " +
      "transit_encryption_mode",
    inPlace: "display_name labels maintenance_policy memory_size_gb persistence_config redis_configs",
  },
  google_secret_manager_secret: { anew: "project replication secret_id", inPlace: "annotations labels" },
  google_sql_database: { anew: "instance name project" },
  google_sql_database_instance: {
    anew: "encryption_key_name name project region settings.collation settings.disk_type",
    inPlace:
      "database_version deletion_protection settings.availability_type settings.backup_configuration settings.database_flags " +
      "settings.deletion_protection_enabled settings.disk_autoresize_limit settings.insights_config " +
      "settings.ip_configuration.authorized_networks settings.ip_configuration.ipv4_enabled settings.ip_configuration.ssl_mode " +
      "settings.maintenance_window settings.retain_backups_on_delete settings.tier settings.user_labels",
    grows: "settings.disk_size",
  },
  google_storage_bucket: {
    anew: "custom_placement_config.data_locations enable_object_retention hierarchical_namespace location name project",
    inPlace:
      "autoclass cors encryption force_destroy labels lifecycle_rule logging public_access_prevention soft_delete_policy storage_class versioning",
  },

  azurerm_disk_encryption_set: { anew: "encryption_type location name resource_group_name" },
  azurerm_key_vault: {
    anew: "location name resource_group_name",
    inPlace:
      "enabled_for_deployment enabled_for_disk_encryption enabled_for_template_deployment network_acls public_network_access_enabled " +
      "purge_protection_enabled soft_delete_retention_days",
  },
  azurerm_key_vault_key: { anew: "curve key_size key_type key_vault_id name", inPlace: "key_opts rotation_policy" },
  azurerm_key_vault_secret: {
    anew: "key_vault_id name",
    inPlace: "content_type expiration_date not_before_date value value_wo value_wo_version",
  },
  azurerm_kubernetes_cluster: {
    anew:
      "disk_encryption_set_id dns_prefix dns_prefix_private_cluster edge_zone location name network_profile.dns_service_ip " +
      "network_profile.ip_versions network_profile.service_cidr network_profile.service_cidrs node_resource_group private_cluster_enabled " +
      "private_dns_zone_id resource_group_name",
    inPlace:
      "api_server_access_profile.authorized_ip_ranges azure_active_directory_role_based_access_control.azure_rbac_enabled " +
      "default_node_pool.orchestrator_version kubernetes_version local_account_disabled",
  },
  azurerm_log_analytics_workspace: {
    anew: "location name resource_group_name",
    inPlace: "daily_quota_gb retention_in_days",
  },
  azurerm_managed_redis: {
    anew: "high_availability_enabled location name resource_group_name",
    inPlace: "default_database.client_protocol default_database.eviction_policy public_network_access",
  },
  azurerm_mysql_flexible_database: { anew: "charset collation name resource_group_name server_name" },
  azurerm_mysql_flexible_server: {
    anew:
      "administrator_login create_mode delegated_subnet_id geo_redundant_backup_enabled location name point_in_time_restore_time_in_utc " +
      "private_dns_zone_id resource_group_name source_server_id",
    inPlace:
      "administrator_password_wo administrator_password_wo_version backup_retention_days customer_managed_key high_availability " +
      "maintenance_window public_network_access sku_name storage.auto_grow_enabled storage.iops version",
    grows: "storage.size_gb",
  },
  azurerm_redis_cache: {
    anew: "location name private_static_ip_address resource_group_name subnet_id zones",
    inPlace: "redis_configuration",
  },
  azurerm_resource_group: { anew: "location name" },
  azurerm_storage_account: {
    anew:
      "account_tier dns_endpoint_type edge_zone immutability_policy infrastructure_encryption_enabled is_hns_enabled location name " +
      "nfsv3_enabled queue_encryption_key_type resource_group_name table_encryption_key_type",
    inPlace:
      "access_tier allow_nested_items_to_be_public blob_properties https_traffic_only_enabled min_tls_version network_rules " +
      "public_network_access_enabled shared_access_key_enabled",
  },
  azurerm_storage_container: {
    anew: "default_encryption_scope encryption_scope_override_enabled name storage_account_id",
    inPlace: "container_access_type metadata",
  },
  azurerm_storage_share: { anew: "enabled_protocol name storage_account_id", inPlace: "quota" },
};
