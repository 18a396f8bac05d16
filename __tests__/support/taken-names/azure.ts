import { type NamesByType, partOf } from "./names";

const RULES = "https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules";

const once = (where: "everybody" | "account", ...types: readonly string[]): NamesByType =>
  Object.fromEntries(types.map((type) => [type, { once: where, by: ["name"], source: RULES }]));

/** In a resource group, by a name of its own. */
const inGroup = (...types: readonly string[]): NamesByType =>
  partOf(Object.fromEntries(types.map((type) => [type, ["resource_group_name", "name"] as const])));

/** Where Azure takes a name, by type of resource. */
export const AZURE_TAKEN: NamesByType = {
  ...once("account", "azurerm_resource_group"),
  // Part of a host name each, of which a domain of Azure has one.
  ...once(
    "everybody",
    "azurerm_key_vault",
    "azurerm_managed_redis",
    "azurerm_mysql_flexible_server",
    "azurerm_storage_account",
  ),
  azurerm_role_definition: {
    once: "everybody",
    by: ["name"],
    source: "https://learn.microsoft.com/en-us/azure/role-based-access-control/custom-roles",
  },
  // With the group that AKS makes of its own beside it.
  azurerm_kubernetes_cluster: { once: "account", by: ["node_resource_group"], source: RULES },
  ...inGroup(
    "azurerm_disk_encryption_set",
    "azurerm_log_analytics_workspace",
    "azurerm_monitor_action_group",
    "azurerm_monitor_activity_log_alert",
    "azurerm_monitor_metric_alert",
    "azurerm_nat_gateway",
    "azurerm_network_security_group",
    "azurerm_network_watcher",
    "azurerm_private_dns_zone",
    "azurerm_private_endpoint",
    "azurerm_public_ip",
    "azurerm_resource_group_template_deployment",
    "azurerm_user_assigned_identity",
    "azurerm_virtual_network",
  ),
  ...partOf({
    azurerm_federated_identity_credential: ["parent_id", "name"],
    azurerm_key_vault_key: ["key_vault_id", "name"],
    azurerm_key_vault_secret: ["key_vault_id", "name"],
    azurerm_kubernetes_cluster_node_pool: ["kubernetes_cluster_id", "name"],
    azurerm_management_lock: ["scope", "name"],
    azurerm_monitor_diagnostic_setting: ["target_resource_id", "name"],
    azurerm_mysql_flexible_database: ["server_name", "name"],
    azurerm_mysql_flexible_server_configuration: ["server_name", "name"],
    azurerm_nat_gateway_public_ip_association: ["nat_gateway_id", "public_ip_address_id"],
    azurerm_network_security_rule: ["network_security_group_name", "name"],
    azurerm_network_watcher_flow_log: ["network_watcher_name", "name"],
    azurerm_private_dns_zone_virtual_network_link: ["private_dns_zone_name", "name"],
    azurerm_role_assignment: ["scope", "role_definition_name", "role_definition_id", "principal_id"],
    azurerm_storage_container: ["storage_account_id", "name"],
    azurerm_storage_management_policy: ["storage_account_id"],
    azurerm_subnet: ["virtual_network_name", "name"],
    azurerm_subnet_nat_gateway_association: ["subnet_id"],
    azurerm_subnet_network_security_group_association: ["subnet_id"],
    azurerm_virtual_network_peering: ["virtual_network_name", "name"],
  }),
};
