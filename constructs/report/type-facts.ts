import { own } from "../model/own";
import type { ResourceChange } from "../plan/plan";
import type { LostWithIt } from "../services/resource-facts";
import type { BroughtTypes } from "./brought-types";
import { PLAIN } from "./plain-types";
import { textAt } from "./read";

/** What is known of a type of resource that a plan may take away. */
export type TypeFacts = LostWithIt;

const CLIENTS = "whoever uses it";
const DISK = "what is on it";
const SECRETS = "the secret and its versions";
const KEY = "everything that is encrypted with it: nobody can read that any more";

/* By type, for the clouds whose stacks are written here. A test holds it to every type that they write. */

const AWS: Readonly<Record<string, TypeFacts>> = {
  aws_efs_mount_target: { serves: "the way of one zone to its files" },
  aws_eks_addon: { serves: "what the add-on does in the cluster: network, names, volumes" },
  aws_eks_pod_identity_association: { serves: "rights of its pods in the cloud" },
  aws_elasticache_user: { serves: "whoever signs in as that user" },
  aws_iam_role: { serves: "whoever acts by it" },
  aws_route: { serves: "traffic by that way" },
  aws_security_group: { serves: "traffic that it lets in" },
  aws_vpc_endpoint: { serves: "the private way to a service of the cloud" },
  aws_vpc_security_group_ingress_rule: { serves: "traffic that it lets in" },
  aws_cloudwatch_log_group: { mayHold: "the logs in it" },
  aws_db_instance: { holds: "its databases, and copies that it made by itself", serves: CLIENTS },
  aws_efs_file_system: { holds: "its files", serves: CLIENTS },
  aws_eks_cluster: { holds: "every object and volume of the cluster", serves: "everything that runs in the cluster" },
  aws_elasticache_replication_group: { holds: "what is in the cache: sessions too", serves: CLIENTS },
  aws_kms_key: { holds: KEY },
  aws_mq_broker: { holds: "messages that wait in its queues", serves: CLIENTS },
  aws_prometheus_workspace: { holds: "its measures" },
  aws_s3_bucket: { holds: "its objects" },
  aws_secretsmanager_secret: { mayHold: SECRETS },
  aws_sqs_queue: { holds: "messages that wait in it" },
  aws_db_instance_automated_backups_replication: { mayHold: "copies in the other region" },
  aws_efs_replication_configuration: { mayHold: "copies in the other region" },
  aws_eip: { serves: "whoever lets traffic in by its address" },
  aws_eks_node_group: { serves: "pods on its nodes, until others have room" },
  aws_internet_gateway: { serves: "traffic from and to the internet" },
  aws_nat_gateway: { serves: "traffic from the nodes to the internet" },
  aws_subnet: { serves: "everything in it" },
  aws_vpc: { serves: "everything in it" },
};

const GOOGLE: Readonly<Record<string, TypeFacts>> = {
  google_compute_router: { serves: "traffic from the nodes to the internet" },
  google_service_account: { serves: "whoever acts by it" },
  google_sql_user: { serves: "whoever signs in as that user" },
  google_container_cluster: {
    holds: "every object and volume of the cluster",
    serves: "everything that runs in the cluster",
  },
  google_filestore_instance: { holds: "its files", serves: CLIENTS },
  google_kms_crypto_key: { holds: KEY },
  google_logging_project_bucket_config: { mayHold: "the logs in it" },
  google_memorystore_instance: { holds: "what is in the cache: sessions too", serves: CLIENTS },
  google_redis_instance: { holds: "what is in the cache: sessions too", serves: CLIENTS },
  google_secret_manager_secret: { mayHold: SECRETS },
  google_sql_database: { holds: "its tables" },
  google_sql_database_instance: { holds: "its databases, and copies that it made by itself", serves: CLIENTS },
  google_storage_bucket: { holds: "its objects" },
  google_compute_address: { serves: "whoever lets traffic in by its address" },
  google_compute_global_address: { serves: "whoever asks for it" },
  google_compute_network: { serves: "everything in it" },
  google_compute_router_nat: { serves: "traffic from the nodes to the internet" },
  google_compute_subnetwork: { serves: "everything in it" },
  google_container_node_pool: { serves: "pods on its nodes, until others have room" },
  google_dns_managed_zone: { serves: "names in it" },
  google_dns_record_set: { serves: "its name" },
  google_service_networking_connection: { serves: "the way to managed services" },
};

const AZURE: Readonly<Record<string, TypeFacts>> = {
  azurerm_federated_identity_credential: { serves: "rights of its pods in the cloud" },
  azurerm_private_dns_zone_virtual_network_link: { serves: "names of the zone in that network" },
  azurerm_subnet_nat_gateway_association: { serves: "traffic from the subnet to the internet" },
  azurerm_user_assigned_identity: { serves: "whoever acts by it" },
  azurerm_virtual_network_peering: { serves: "the way between the two networks" },
  azurerm_disk_encryption_set: { mayHold: "the way to disks that are encrypted by it" },
  azurerm_resource_group_template_deployment: { mayHold: "what it made: keys too" },
  azurerm_key_vault: { holds: "its keys and secrets" },
  azurerm_key_vault_key: { holds: KEY },
  azurerm_key_vault_secret: { mayHold: SECRETS },
  azurerm_kubernetes_cluster: {
    holds: "every object and volume of the cluster",
    serves: "everything that runs in the cluster",
  },
  azurerm_log_analytics_workspace: { mayHold: "the logs in it" },
  azurerm_managed_redis: { holds: "what is in the cache: sessions too", serves: CLIENTS },
  azurerm_mysql_flexible_database: { holds: "its tables" },
  azurerm_mysql_flexible_server: { holds: "its databases, and copies that it made by itself", serves: CLIENTS },
  azurerm_redis_cache: { holds: "what is in the cache: sessions too", serves: CLIENTS },
  azurerm_resource_group: { holds: "everything in it" },
  azurerm_storage_account: { holds: "its objects and files" },
  azurerm_storage_container: { holds: "its objects" },
  azurerm_storage_share: { holds: "its files" },
  azurerm_kubernetes_cluster_node_pool: { serves: "pods on its nodes, until others have room" },
  azurerm_nat_gateway: { serves: "traffic from the nodes to the internet" },
  azurerm_private_dns_zone: { serves: "names in it" },
  azurerm_private_endpoint: { serves: "the way to what it leads to" },
  azurerm_public_ip: { serves: "whoever lets traffic in by its address" },
  azurerm_subnet: { serves: "everything in it" },
  azurerm_virtual_network: { serves: "everything in it" },
};

const KUBERNETES: Readonly<Record<string, TypeFacts>> = {
  random_password: { mayHold: "the password, where nothing else knows it" },
  kubernetes_secret_v1: { serves: "pods that read it, when they start again" },
  kubernetes_persistent_volume_claim_v1: { holds: DISK },
  kubernetes_namespace_v1: { mayHold: "everything in it, claims that no plan names too" },
  helm_release: { mayHold: "objects that its chart made", serves: "what its chart runs" },
  kubernetes_cron_job_v1: { serves: "its next runs" },
  kubernetes_deployment_v1: { serves: "its pods" },
  kubernetes_ingress_v1: { serves: "its hosts and paths" },
  "manifest Certificate": {},
  "manifest ExternalSecret": { serves: "the Secret that it makes" },
  "manifest Gateway": { serves: "every host of its listeners" },
  "manifest HTTPRoute": { serves: "its hosts and paths" },
  "manifest RabbitmqCluster": { holds: "messages that wait in its queues", serves: CLIENTS },
  "manifest SealedSecret": { serves: "the Secret that it makes" },
  kubernetes_service_v1: { serves: "its name and address" },
  kubernetes_stateful_set_v1: { serves: "its pods" },
};

/** Objects of kinds that Terraform's provider has no resource for, of which nothing is lost and nothing stops. */
const PLAIN_KINDS =
  /^manifest (?:BackendTrafficPolicy|CiliumNetworkPolicy|ClientTrafficPolicy|Engine|Issuer|PodDisruptionBudget|PodMonitor|PrometheusRule|SecurityPolicy|ServiceMonitor)$/;

const FACTS: ReadonlyMap<string, TypeFacts> = new Map(
  [AWS, GOOGLE, AZURE, KUBERNETES].flatMap((types) => Object.entries(types)),
);

/**
 * Says what is known of a type.
 *
 * @param brought types that kinds of services of other programs bring, which are asked of what is not known here
 * @returns `undefined` where nothing is: a type that no stack here has, and no kind says anything of
 */
export function factsOf(type: string, brought: BroughtTypes = {}): TypeFacts | undefined {
  return FACTS.get(type) ?? (PLAIN.has(type) || PLAIN_KINDS.test(type) ? {} : own(brought, type)?.lost);
}

/** A resource's type; of an object that is given as a manifest, its kind: `manifest RabbitmqCluster`. */
export function typeOf({ type, before, after }: Pick<ResourceChange, "after" | "before" | "type">): string {
  if (type !== "kubernetes_manifest") return type;
  return `manifest ${textAt(before, "manifest", "kind") ?? textAt(after, "manifest", "kind") ?? "of a kind that is not told"}`;
}
