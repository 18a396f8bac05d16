import { line, tableHead } from "../../constructs/portability/markdown";

/** What keeps a version that the cloud moves from becoming a plan to move it back. */
const WAYS = {
  ignored: "Terraform gives it to what it creates, and never changes it",
  prefix: "given without the part that moves",
  floor: "given as the least there may be",
  published: "read from the cloud at each deploy, which is who moves it",
  absent: "not given at all",
} as const;

export interface MovedVersion {
  readonly cloud: "AWS" | "Google Cloud" | "Azure";
  /** Terraform's type, and the argument in it as `block.argument`. @default - the type has no argument for a version */
  readonly resource: string;
  readonly argument?: string;
  /** Who moves it, and when. */
  readonly mover: string;
  /** What the provider makes of a version in the file that is lower than the one there is. */
  readonly lower: string;
  readonly way: keyof typeof WAYS;
  /** What is left for people to do. */
  readonly people: string;
}

const AT_KUBERNETES_END =
  "write the newer `kubernetesVersion` into the environment's file before support of the old one ends; afterwards too, and the plan is empty again";

/** Every version of a resource that its cloud may move without being asked. */
export const MOVED_VERSIONS: readonly MovedVersion[] = [
  {
    cloud: "AWS",
    resource: "aws_elasticache_replication_group",
    argument: "engine_version",
    mover: "ElastiCache: minor versions, in a maintenance window (`auto_minor_version_upgrade`)",
    lower: "another, empty cache",
    way: "ignored",
    people: "nothing; a major version is `aws elasticache modify-replication-group`",
  },
  {
    cloud: "AWS",
    resource: "aws_mq_broker",
    argument: "engine_version",
    mover: "Amazon MQ: patches in maintenance windows; the next minor version within 45 days of the end of support",
    lower: "an update that Amazon MQ refuses; patches are no difference, as two numbers are compared",
    way: "ignored",
    people: "a newer `version` in the application stops the plan, which prints the two commands that move the broker",
  },
  {
    cloud: "AWS",
    resource: "aws_db_instance",
    argument: "engine_version",
    mover: "RDS: minor versions in maintenance windows; the next major one when (extended) support ends",
    lower: "`8.4` fits every 8.4.x and is no difference; a lower major version is an update that RDS refuses",
    way: "prefix",
    people: "a newer `version` in the application is the upgrade",
  },
  {
    cloud: "AWS",
    resource: "aws_eks_cluster",
    argument: "version",
    mover: "EKS: patches all the time; the next minor version when standard support ends (`upgrade_policy`)",
    lower: "an update that EKS refuses",
    way: "prefix",
    people: AT_KUBERNETES_END,
  },
  {
    cloud: "AWS",
    resource: "aws_eks_node_group",
    argument: "version",
    mover: "nobody but a deploy",
    lower: "an update that EKS refuses",
    way: "prefix",
    people: "goes with the cluster's",
  },
  {
    cloud: "AWS",
    resource: "aws_eks_node_group",
    argument: "release_version",
    mover: "a deploy: to the image that AWS recommends that day",
    lower: "an update: EKS replaces the machines by older ones",
    way: "published",
    people: "nothing, or `nodes.image` to keep one; Karpenter's nodes have the same, in the release `karpenter`",
  },
  {
    cloud: "AWS",
    resource: "aws_eks_addon",
    argument: "addon_version",
    mover: "a deploy: to EKS's default for the Kubernetes version",
    lower: "an update to the lower version, which EKS does where AWS withdraws a release",
    way: "published",
    people: "nothing",
  },
  {
    cloud: "Google Cloud",
    resource: "google_container_cluster",
    argument: "min_master_version",
    mover: "GKE: patches and minor versions of the release channel, in maintenance windows",
    lower: "no difference: the provider neither reads it back nor lowers a control plane",
    way: "floor",
    people: "raise `kubernetesVersion` to have a version before the channel brings it",
  },
  {
    cloud: "Google Cloud",
    resource: "google_container_node_pool",
    mover: "GKE: version and image follow the control plane (`auto_upgrade`)",
    lower: "no difference",
    way: "absent",
    people: "nothing",
  },
  {
    cloud: "Google Cloud",
    resource: "google_sql_database_instance",
    argument: "database_version",
    mover: "Cloud SQL: minor versions in maintenance windows",
    lower: "`MYSQL_8_4` names no minor version and is no difference",
    way: "prefix",
    people: "a newer `version` in the application is the upgrade",
  },
  {
    cloud: "Google Cloud",
    resource: "google_redis_instance",
    argument: "redis_version",
    mover: "Memorystore: patches; of other versions Google documents nothing, so it is prepared for",
    lower: "another, empty instance",
    way: "ignored",
    people: "nothing; another version is `gcloud redis instances upgrade`",
  },
  {
    cloud: "Azure",
    resource: "azurerm_kubernetes_cluster",
    argument: "kubernetes_version",
    mover: "AKS: patches in maintenance windows (`automatic_upgrade_channel`)",
    lower: "`1.36` fits every 1.36.x and is no difference; a lower minor version is an update that AKS refuses",
    way: "prefix",
    people: AT_KUBERNETES_END,
  },
  ...["default_node_pool.orchestrator_version", "orchestrator_version"].map((argument): MovedVersion => ({
    cloud: "Azure",
    resource: argument.includes(".") ? "azurerm_kubernetes_cluster" : "azurerm_kubernetes_cluster_node_pool",
    argument,
    mover: "AKS: with the cluster's patches; images every week (`node_os_upgrade_channel`), which have no argument",
    lower: "as the cluster's",
    way: "prefix",
    people: "goes with the cluster's",
  })),
  {
    cloud: "Azure",
    resource: "azurerm_mysql_flexible_server",
    argument: "version",
    mover: "Azure: minor versions in maintenance windows",
    lower: "`8.4` and `8.0.21` are names of the major versions and no difference",
    way: "prefix",
    people: "a newer `version` in the application is the upgrade",
  },
  {
    cloud: "Azure",
    resource: "azurerm_managed_redis",
    mover: "Azure: all of them",
    lower: "no difference",
    way: "absent",
    people: "nothing",
  },
];

/** Arguments of that name which nobody but this program moves, each with why. */
export const UNMOVED: Readonly<Record<string, string>> = {
  "aws_eks_node_group launch_template.version": "of a template that Terraform makes",
  "aws_launch_template update_default_version": "a switch",
  "azurerm_network_watcher_flow_log version": "of the format of records",
  "azurerm_storage_account min_tls_version": "a floor for clients",
  "azurerm_storage_account provisioned_billing_model_version": "of the price list, chosen when it is made",
  "helm_release version": "a pinned chart",
};

export const movedVersionsTable = (): string =>
  [
    ...tableHead("cloud", "version", "who moves it", "a lower one in the file", "so it is", "left to people"),
    ...MOVED_VERSIONS.map(({ cloud, resource, argument, mover, lower, way, people }) =>
      line(
        cloud,
        argument === undefined ? `of \`${resource}\`` : `\`${argument}\` of \`${resource}\``,
        mover,
        lower,
        `${way}: ${WAYS[way]}`,
        people,
      ),
    ),
  ].join("\n");
