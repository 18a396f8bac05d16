interface Roles {
  readonly plan: string;
  readonly deploy: string;
}

const same = (role: string): Roles => ({ plan: role, deploy: role });
const SQL = { plan: "roles/cloudsql.viewer", deploy: "roles/cloudsql.admin" };
// A plan compares the value of the versions that Terraform wrote.
const SECRETS = { plan: "roles/secretmanager.secretAccessor", deploy: "roles/secretmanager.admin" };
const ACCOUNTS = { plan: "roles/iam.serviceAccountViewer", deploy: "roles/iam.serviceAccountAdmin" };
const STORAGE = { plan: "roles/storage.bucketViewer", deploy: "roles/storage.admin" };
const KEYS = { plan: "roles/cloudkms.viewer", deploy: "roles/cloudkms.admin" };
// A plan reads who has been let in.
const members = ({ deploy }: Roles): Roles => ({ plan: "roles/iam.securityReviewer", deploy });
const NAMES = { plan: "roles/dns.reader", deploy: "roles/dns.admin" };

/** Predefined role in the project for each type that an application's stack makes or reads. */
export const GOOGLE_ROLES: Readonly<Record<string, Roles>> = {
  google_compute_network: same("roles/compute.networkViewer"),
  google_container_cluster: same("roles/container.clusterViewer"),
  google_dns_managed_zone: NAMES,
  google_dns_record_set: NAMES,
  google_kms_crypto_key: KEYS,
  google_kms_crypto_key_iam_member: members(KEYS),
  google_kms_key_ring: KEYS,
  google_monitoring_alert_policy: {
    plan: "roles/monitoring.alertPolicyViewer",
    deploy: "roles/monitoring.alertPolicyEditor",
  },
  google_monitoring_notification_channel: {
    plan: "roles/monitoring.notificationChannelViewer",
    deploy: "roles/monitoring.notificationChannelEditor",
  },
  google_project: same("roles/browser"),
  google_redis_instance: { plan: "roles/redis.viewer", deploy: "roles/redis.admin" },
  google_secret_manager_secret: SECRETS,
  google_secret_manager_secret_version: SECRETS,
  google_secret_manager_secrets: { plan: "roles/secretmanager.viewer", deploy: "roles/secretmanager.admin" },
  google_service_account: ACCOUNTS,
  google_service_account_iam_member: members(ACCOUNTS),
  google_sql_database: SQL,
  google_sql_database_instance: SQL,
  google_sql_user: SQL,
  google_storage_bucket: STORAGE,
  google_storage_bucket_iam_member: members(STORAGE),
  google_storage_hmac_key: { plan: "roles/storage.hmacKeyAdmin", deploy: "roles/storage.hmacKeyAdmin" },
  google_storage_project_service_account: STORAGE,
};

export const googleRoles = (what: keyof Roles): readonly string[] =>
  [...new Set(Object.values(GOOGLE_ROLES).map((roles) => roles[what]))].sort();
