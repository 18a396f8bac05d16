/** Roles for a type, whose refresh is a plan's and whose changes an apply's. */
export interface Roles {
  readonly plan: readonly string[];
  readonly apply: readonly string[];
}

const roles = (plan: string, apply: string): Roles => ({ plan: [plan], apply: [apply] });
const read = (...names: readonly string[]): Roles => ({ plan: names, apply: names });

const SQL = roles("roles/cloudsql.viewer", "roles/cloudsql.admin");
// A plan compares the value of the versions that Terraform wrote.
const SECRETS = roles("roles/secretmanager.secretAccessor", "roles/secretmanager.admin");
const SECRET_NAMES = roles("roles/secretmanager.viewer", "roles/secretmanager.admin");
const ACCOUNTS = roles("roles/iam.serviceAccountViewer", "roles/iam.serviceAccountAdmin");
const STORAGE = roles("roles/storage.bucketViewer", "roles/storage.admin");
const KEYS = roles("roles/cloudkms.viewer", "roles/cloudkms.admin");
const NAMES = roles("roles/dns.reader", "roles/dns.admin");
const NETWORK = roles("roles/compute.networkViewer", "roles/compute.networkAdmin");
const LOGS = roles("roles/logging.viewer", "roles/logging.configWriter");
// A plan reads who has been let in.
const members = ({ apply }: Roles): Roles => ({ plan: ["roles/iam.securityReviewer"], apply });

/** Permissions to refresh what no predefined role reads without a right to write: metadata of keys, and which key logs have. */
export const GOOGLE_PLAN_PERMISSIONS = ["logging.settings.get", "storage.hmacKeys.get"] as const;

/** Predefined roles in the project for each type that an application's stack makes or reads, whatever its options. */
export const GOOGLE_APPLICATION: Readonly<Record<string, Roles>> = {
  google_compute_network: read("roles/compute.networkViewer"),
  google_container_cluster: read("roles/container.clusterViewer"),
  google_dns_managed_zone: NAMES,
  google_dns_record_set: NAMES,
  google_kms_crypto_key: KEYS,
  google_kms_crypto_key_iam_member: members(KEYS),
  google_kms_key_ring: KEYS,
  google_monitoring_alert_policy: roles("roles/monitoring.alertPolicyViewer", "roles/monitoring.alertPolicyEditor"),
  google_monitoring_notification_channel: roles(
    "roles/monitoring.notificationChannelViewer",
    "roles/monitoring.notificationChannelEditor",
  ),
  google_project: read("roles/browser"),
  google_redis_instance: roles("roles/redis.viewer", "roles/redis.admin"),
  google_secret_manager_secret: SECRETS,
  google_secret_manager_secret_version: SECRETS,
  google_secret_manager_secret_iam_member: members(SECRETS),
  google_secret_manager_secrets: SECRET_NAMES,
  google_service_account: ACCOUNTS,
  google_service_account_iam_member: members(ACCOUNTS),
  google_sql_database: SQL,
  google_sql_database_instance: SQL,
  google_sql_user: SQL,
  google_storage_bucket: STORAGE,
  google_storage_bucket_iam_member: members(STORAGE),
  // Its metadata is read by a permission of the list above.
  google_storage_hmac_key: { plan: [], apply: ["roles/storage.hmacKeyAdmin"] },
  google_storage_project_service_account: STORAGE,
};

/** The same of the stacks around it: network, cluster, platform and state. */
export const GOOGLE_AROUND: Readonly<Record<string, Roles>> = {
  google_artifact_registry_repository_iam_member: {
    plan: ["roles/iam.securityReviewer"],
    apply: ["roles/artifactregistry.admin"],
  },
  google_compute_address: NETWORK,
  google_compute_firewall: roles("roles/compute.networkViewer", "roles/compute.securityAdmin"),
  google_compute_global_address: NETWORK,
  google_compute_network: NETWORK,
  google_compute_router: NETWORK,
  google_compute_router_nat: NETWORK,
  google_compute_subnetwork: NETWORK,
  google_compute_zones: read("roles/compute.networkViewer"),
  // A refresh asks for the groups of machines behind it, and nodes run as an account of the environment's.
  google_container_cluster: {
    plan: ["roles/compute.viewer", "roles/container.clusterViewer"],
    apply: ["roles/compute.viewer", "roles/container.admin", "roles/iam.serviceAccountUser"],
  },
  google_container_node_pool: {
    plan: ["roles/compute.viewer", "roles/container.clusterViewer"],
    apply: ["roles/compute.viewer", "roles/container.admin", "roles/iam.serviceAccountUser"],
  },
  google_dns_managed_zone_iam_member: members(NAMES),
  google_logging_project_bucket_config: LOGS,
  google_logging_project_cmek_settings: { plan: [], apply: ["roles/logging.configWriter"] },
  google_logging_project_exclusion: LOGS,
  google_logging_project_sink: LOGS,
  google_project_iam_custom_role: roles("roles/iam.roleViewer", "roles/iam.roleAdmin"),
  google_project_iam_member: roles("roles/iam.securityReviewer", "roles/resourcemanager.projectIamAdmin"),
  google_project_service: roles("roles/serviceusage.serviceUsageViewer", "roles/serviceusage.serviceUsageAdmin"),
  google_pubsub_subscription_iam_member: members(roles("roles/pubsub.viewer", "roles/pubsub.admin")),
  google_pubsub_topic: roles("roles/pubsub.viewer", "roles/pubsub.admin"),
  google_pubsub_topic_iam_member: members(roles("roles/pubsub.viewer", "roles/pubsub.admin")),
  google_service_networking_connection: NETWORK,
};

const ofAll = (tables: readonly Readonly<Record<string, Roles>>[], what: keyof Roles): readonly string[] =>
  [...new Set(tables.flatMap((table) => Object.values(table).flatMap((row) => row[what])))].sort();

/** Roles by type, as kinds of services bring them. */
export type BroughtRoles = Readonly<Record<string, { readonly roles: Roles }>>;

const broughtRoles = (brought: BroughtRoles): Readonly<Record<string, Roles>> =>
  Object.fromEntries(Object.entries(brought).map(([type, { roles: own }]) => [type, own]));

/** Roles of a plan of all stacks, and of what kinds of services bring. */
export const googlePlanRoles = (brought: BroughtRoles = {}): readonly string[] =>
  ofAll([broughtRoles(brought), GOOGLE_APPLICATION, GOOGLE_AROUND], "plan");
/** Roles of an apply of all stacks, but that of the state and of who pipelines are. */
export const googleApplyRoles = (brought: BroughtRoles = {}): readonly string[] =>
  ofAll([broughtRoles(brought), GOOGLE_APPLICATION, GOOGLE_AROUND], "apply");
/** Roles of an apply of applications' stacks alone. */
export const googleApplicationRoles = (): readonly string[] => ofAll([GOOGLE_APPLICATION], "apply");
/** Roles of a deploy by Helm: where the cluster is. In it its entry in `access` says what it may. */
export const GOOGLE_DEPLOY_ROLES = ["roles/container.clusterViewer"] as const;
/** Roles of a deploy of previews: what their stacks read of the project. States are the bucket's to give. */
export const GOOGLE_PREVIEW_ROLES = [
  "roles/browser",
  "roles/compute.networkViewer",
  "roles/container.clusterViewer",
] as const;
