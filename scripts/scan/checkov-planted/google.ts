import type { Planted } from "../planted";

const ANYONE = "0.0.0.0/0";

/** What checkov must find in resources of Google Cloud. */
export const google: readonly Planted[] = [
  {
    type: "google_compute_firewall",
    change: { allow: [{ protocol: "tcp", ports: ["22"] }], direction: "INGRESS", source_ranges: [ANYONE] },
    check: "CKV_GCP_2",
  },
  { type: "google_compute_subnetwork", change: { log_config: undefined }, check: "CKV_GCP_26" },
  { type: "google_compute_subnetwork", change: { private_ip_google_access: false }, check: "CKV_GCP_74" },
  { type: "google_container_cluster", change: { enable_legacy_abac: true }, check: "CKV_GCP_7" },
  { type: "google_container_cluster", change: { master_authorized_networks_config: undefined }, check: "CKV_GCP_20" },
  { type: "google_container_cluster", change: { private_cluster_config: undefined }, check: "CKV_GCP_25" },
  {
    type: "google_container_node_pool",
    change: { management: { auto_repair: false, auto_upgrade: true } },
    check: "CKV_GCP_9",
  },
  { type: "google_kms_crypto_key", change: { rotation_period: undefined }, check: "CKV_GCP_43" },
  { type: "google_project_iam_member", change: { role: "roles/editor" }, check: "CKV_GCP_117" },
  { type: "google_redis_instance", change: { auth_enabled: false }, check: "CKV_GCP_95" },
  { type: "google_redis_instance", change: { transit_encryption_mode: "DISABLED" }, check: "CKV_GCP_97" },
  {
    type: "google_sql_database_instance",
    change: { settings: { ip_configuration: { ipv4_enabled: true, authorized_networks: [{ value: ANYONE }] } } },
    check: "CKV_GCP_11",
  },
  {
    type: "google_sql_database_instance",
    change: { settings: { ip_configuration: { ipv4_enabled: true } } },
    check: "CKV_GCP_60",
  },
  { type: "google_storage_bucket", change: { uniform_bucket_level_access: false }, check: "CKV_GCP_29" },
  { type: "google_storage_bucket", change: { public_access_prevention: "inherited" }, check: "CKV_GCP_114" },
];
