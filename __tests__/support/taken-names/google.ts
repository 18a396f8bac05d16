import { drawn, inRegion, type NamesByType, partOf } from "./names";

/** Resources of Compute Engine that belong to a project and no region. */
const COMPUTE = "https://docs.cloud.google.com/compute/docs/regions-zones/global-regional-zonal-resources";

const inProject = (source: string, types: Readonly<Record<string, string>>): NamesByType =>
  Object.fromEntries(Object.entries(types).map(([type, by]) => [type, { once: "account", by: [by], source }]));

/** Where Google Cloud takes a name, by type of resource. */
export const GOOGLE_TAKEN: NamesByType = {
  ...inProject(COMPUTE, {
    google_compute_firewall: "name",
    google_compute_global_address: "name",
    google_compute_network: "name",
  }),
  ...inProject("https://docs.cloud.google.com/dns/docs/reference/rest/v1/managedZones", {
    google_dns_managed_zone: "name",
  }),
  ...inProject("https://docs.cloud.google.com/logging/docs/reference/v2/rest/v2/projects.sinks", {
    google_logging_project_exclusion: "name",
    google_logging_project_sink: "name",
  }),
  ...inProject("https://docs.cloud.google.com/iam/docs/creating-custom-roles", {
    google_project_iam_custom_role: "role_id",
  }),
  ...inProject("https://docs.cloud.google.com/pubsub/docs/pubsub-basics", { google_pubsub_topic: "name" }),
  ...inProject("https://docs.cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets/create", {
    google_secret_manager_secret: "secret_id",
  }),
  ...inProject("https://docs.cloud.google.com/iam/docs/service-accounts-create", {
    google_service_account: "account_id",
  }),
  ...inProject("https://docs.cloud.google.com/sql/docs/mysql/instance-settings", {
    google_sql_database_instance: "name",
  }),
  // No names, but each is there once in a project: whoever takes one away takes it from both.
  google_project_iam_member: {
    once: "account",
    by: ["role", "member", "condition"],
    source: "https://docs.cloud.google.com/iam/docs/reference/rest/v1/Policy",
  },
  google_project_service: {
    once: "account",
    by: ["service"],
    source: "https://docs.cloud.google.com/service-usage/docs/enable-disable",
  },
  google_storage_bucket: {
    once: "everybody",
    by: ["name"],
    source: "https://docs.cloud.google.com/storage/docs/buckets",
  },
  ...inRegion({
    google_compute_address: "name",
    google_compute_router: "name",
    google_compute_subnetwork: "name",
    google_container_cluster: "name",
    google_kms_key_ring: "name",
    google_logging_project_bucket_config: "bucket_id",
    google_redis_instance: "name",
  }),
  ...partOf({
    google_compute_router_nat: ["router", "name"],
    google_container_node_pool: ["cluster", "name_prefix"],
    google_dns_managed_zone_iam_member: ["managed_zone", "role", "member"],
    google_dns_record_set: ["managed_zone", "name", "type"],
    google_kms_crypto_key: ["key_ring", "name"],
    google_kms_crypto_key_iam_member: ["crypto_key_id", "role", "member"],
    google_secret_manager_secret_version: ["secret"],
    google_service_account_iam_member: ["service_account_id", "role", "member"],
    google_service_networking_connection: ["network", "service"],
    google_sql_database: ["instance", "name"],
    google_sql_user: ["instance", "name"],
    google_storage_bucket_iam_member: ["bucket", "role", "member"],
    google_storage_hmac_key: ["service_account_email"],
  }),
  ...drawn("google_monitoring_alert_policy", "google_monitoring_notification_channel"),
};
