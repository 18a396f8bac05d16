/** Operations of Azure Resource Manager, without their verb, for each type that an application's stack makes or reads, whatever its options. */
export const AZURE_APPLICATION: Readonly<Record<string, readonly string[]>> = {
  azurerm_federated_identity_credential: [
    "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
  ],
  azurerm_managed_redis: ["Microsoft.Cache/redisEnterprise"],
  azurerm_management_lock: ["Microsoft.Authorization/locks"],
  azurerm_monitor_action_group: ["Microsoft.Insights/actionGroups"],
  azurerm_monitor_activity_log_alert: ["Microsoft.Insights/activityLogAlerts"],
  azurerm_monitor_diagnostic_setting: ["Microsoft.Insights/diagnosticSettings"],
  azurerm_monitor_metric_alert: ["Microsoft.Insights/metricAlerts"],
  azurerm_mysql_flexible_database: ["Microsoft.DBforMySQL/flexibleServers"],
  azurerm_mysql_flexible_server: ["Microsoft.DBforMySQL/flexibleServers"],
  azurerm_mysql_flexible_server_configuration: ["Microsoft.DBforMySQL/flexibleServers"],
  azurerm_private_endpoint: ["Microsoft.Network/privateEndpoints"],
  azurerm_resource_group: ["Microsoft.Resources/subscriptions/resourceGroups"],
  azurerm_role_assignment: ["Microsoft.Authorization/roleAssignments"],
  azurerm_role_definition: ["Microsoft.Authorization/roleDefinitions"],
  azurerm_storage_account: ["Microsoft.Storage/storageAccounts"],
  azurerm_storage_container: ["Microsoft.Storage/storageAccounts"],
  azurerm_storage_management_policy: ["Microsoft.Storage/storageAccounts"],
  azurerm_user_assigned_identity: ["Microsoft.ManagedIdentity/userAssignedIdentities"],
};

const NETWORKS = ["Microsoft.Network/virtualNetworks"];
const CLUSTERS = ["Microsoft.ContainerService/managedClusters"];

/** The same of the stacks around it: network, cluster, platform and state. */
export const AZURE_AROUND: Readonly<Record<string, readonly string[]>> = {
  azurerm_disk_encryption_set: ["Microsoft.Compute/diskEncryptionSets"],
  azurerm_key_vault: ["Microsoft.KeyVault/vaults"],
  azurerm_kubernetes_cluster: CLUSTERS,
  azurerm_kubernetes_cluster_node_pool: CLUSTERS,
  azurerm_log_analytics_workspace: ["Microsoft.OperationalInsights/workspaces"],
  azurerm_nat_gateway: ["Microsoft.Network/natGateways"],
  azurerm_nat_gateway_public_ip_association: ["Microsoft.Network/natGateways"],
  azurerm_network_security_group: ["Microsoft.Network/networkSecurityGroups"],
  azurerm_network_security_rule: ["Microsoft.Network/networkSecurityGroups"],
  azurerm_network_watcher: ["Microsoft.Network/networkWatchers"],
  azurerm_network_watcher_flow_log: ["Microsoft.Network/networkWatchers"],
  azurerm_private_dns_zone: ["Microsoft.Network/privateDnsZones"],
  azurerm_private_dns_zone_virtual_network_link: ["Microsoft.Network/privateDnsZones"],
  azurerm_public_ip: ["Microsoft.Network/publicIPAddresses"],
  azurerm_resource_group_template_deployment: ["Microsoft.Resources/deployments"],
  azurerm_subnet: NETWORKS,
  azurerm_subnet_nat_gateway_association: NETWORKS,
  azurerm_subnet_network_security_group_association: NETWORKS,
  azurerm_virtual_network: NETWORKS,
  azurerm_virtual_network_peering: NETWORKS,
};

/** What is inside a vault, which are data actions. */
export const AZURE_DATA: Readonly<Record<string, string>> = {
  azurerm_key_vault_key: "Microsoft.KeyVault/vaults/keys",
  azurerm_key_vault_secret: "Microsoft.KeyVault/vaults/secrets",
  azurerm_key_vault_secrets: "Microsoft.KeyVault/vaults/secrets",
};

const unique = (all: readonly string[]): readonly string[] => [...new Set(all)].sort();

const operations = (...tables: readonly Readonly<Record<string, readonly string[]>>[]): readonly string[] =>
  unique(tables.flatMap((table) => Object.values(table).flat())).map((operation) => `${operation}/*`);

/** What an application joins, which the cluster's stack made. */
const SURROUNDINGS = [
  "Microsoft.Network/virtualNetworks/subnets/join/action",
  "Microsoft.Network/privateDnsZones/join/action",
  "Microsoft.OperationalInsights/workspaces/sharedKeys/action",
];

/**
 * What a refresh asks for by an action, though it reads: the keys of Redis, which are in the state too, and the template of the
 * deployment that makes the vaults' keys. All else that a plan reads, Azure's own role Reader does. Keys of storage accounts
 * and workspaces are not among them: a refresh goes on without.
 */
export const AZURE_PLAN_ACTIONS = [
  "Microsoft.Cache/redisEnterprise/databases/listKeys/action",
  "Microsoft.Resources/deployments/exportTemplate/action",
] as const;

/** Actions of an apply of all stacks, but that of the state and of who pipelines are. */
export const azureApplyActions = (more: Readonly<Record<string, readonly string[]>> = {}): readonly string[] => [
  "*/read",
  ...operations(AZURE_APPLICATION, AZURE_AROUND, more),
];
/** Actions of an apply of applications' stacks alone. */
export const azureApplicationActions = (): readonly string[] => [
  "*/read",
  ...operations(AZURE_APPLICATION),
  ...SURROUNDINGS,
];
export const azureDataActions = (): readonly string[] =>
  unique(Object.values(AZURE_DATA)).map((operation) => `${operation}/*`);
