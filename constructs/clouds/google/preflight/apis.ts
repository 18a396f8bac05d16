/**
 * API by which each type is made or read, as `gcloud services` calls it without `.googleapis.com`. A type that is in no list is not known,
 * and a test says so.
 */
export const GOOGLE_APIS: Readonly<Record<string, string>> = {
  google_artifact_registry_repository_iam_member: "artifactregistry",
  google_compute_address: "compute",
  google_compute_firewall: "compute",
  google_compute_global_address: "compute",
  google_compute_network: "compute",
  google_compute_router: "compute",
  google_compute_router_nat: "compute",
  google_compute_subnetwork: "compute",
  google_compute_zones: "compute",
  google_container_cluster: "container",
  google_container_node_pool: "container",
  google_dns_managed_zone: "dns",
  google_dns_managed_zone_iam_member: "dns",
  google_dns_record_set: "dns",
  google_filestore_instance: "file",
  google_iam_workload_identity_pool: "iam",
  google_iam_workload_identity_pool_provider: "iam",
  google_kms_crypto_key: "cloudkms",
  google_kms_crypto_key_iam_member: "cloudkms",
  google_kms_key_ring: "cloudkms",
  google_logging_project_bucket_config: "logging",
  google_logging_project_cmek_settings: "logging",
  google_logging_project_exclusion: "logging",
  google_logging_project_sink: "logging",
  google_memorystore_instance: "memorystore",
  google_monitoring_alert_policy: "monitoring",
  google_monitoring_notification_channel: "monitoring",
  google_network_connectivity_service_connection_policy: "networkconnectivity",
  google_project: "cloudresourcemanager",
  google_project_iam_custom_role: "iam",
  google_project_iam_member: "cloudresourcemanager",
  google_project_service: "serviceusage",
  google_pubsub_subscription_iam_member: "pubsub",
  google_pubsub_topic: "pubsub",
  google_pubsub_topic_iam_member: "pubsub",
  google_redis_instance: "redis",
  google_secret_manager_secret: "secretmanager",
  google_secret_manager_secret_iam_member: "secretmanager",
  google_secret_manager_secret_version: "secretmanager",
  google_secret_manager_secrets: "secretmanager",
  google_service_account: "iam",
  google_service_account_iam_member: "iam",
  google_service_networking_connection: "servicenetworking",
  google_sql_database: "sqladmin",
  google_sql_database_instance: "sqladmin",
  google_sql_user: "sqladmin",
  google_storage_bucket: "storage",
  google_storage_bucket_iam_member: "storage",
  google_storage_hmac_key: "storage",
  google_storage_project_service_account: "storage",
};

/** What switches all others on, so that it has to be on before; and what is asked for the project itself. */
export const FIRST_APIS: readonly string[] = ["cloudresourcemanager", "serviceusage"];

/** Metric of each series in the quotas of a region; those of older machines count as `CPUS`. */
export function cpuMetric(machineType: string): string {
  const [series = ""] = machineType.split("-");
  return ["e2", "n1", "f1", "g1"].includes(series) ? "CPUS" : `${series.toUpperCase()}_CPUS`;
}
