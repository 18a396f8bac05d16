/** Operations of Azure Resource Manager, without their verb, for each type that an application's stack makes or reads. */
export const AZURE_OPERATIONS: Readonly<Record<string, readonly string[]>> = {
  azurerm_federated_identity_credential: [
    "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
  ],
  azurerm_kubernetes_cluster: [],
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

/** The same for what is inside a vault, which are data actions. */
export const AZURE_DATA: Readonly<Record<string, string>> = {
  azurerm_key_vault_key: "Microsoft.KeyVault/vaults/keys",
  azurerm_key_vault_secret: "Microsoft.KeyVault/vaults/secrets",
  azurerm_key_vault_secrets: "Microsoft.KeyVault/vaults/secrets",
};

const unique = (all: readonly string[]): readonly string[] => [...new Set(all)].sort();

/** Where it stands and what it joins, which the cluster's stack made. */
const SURROUNDINGS = [
  "Microsoft.Network/virtualNetworks/subnets/join/action",
  "Microsoft.Network/privateDnsZones/join/action",
  "Microsoft.OperationalInsights/workspaces/sharedKeys/action",
];

export const AZURE_PLAN = {
  Name: "goldenpath plan",
  AssignableScopes: ["/subscriptions/<subscription>"],
  // Access keys of Redis and storage are listed by actions; passwords of secrets are read by a plan that wrote them.
  Actions: [
    "*/read",
    "Microsoft.Cache/redisEnterprise/databases/listKeys/action",
    "Microsoft.Storage/storageAccounts/listKeys/action",
  ],
  DataActions: [
    "Microsoft.KeyVault/vaults/keys/read",
    "Microsoft.KeyVault/vaults/secrets/readMetadata/action",
    "Microsoft.KeyVault/vaults/secrets/getSecret/action",
  ],
};

export const AZURE_DEPLOY = {
  Name: "goldenpath deploy",
  AssignableScopes: ["/subscriptions/<subscription>"],
  Actions: [
    "*/read",
    ...unique(Object.values(AZURE_OPERATIONS).flat()).map((operation) => `${operation}/*`),
    ...SURROUNDINGS,
  ],
  DataActions: unique(Object.values(AZURE_DATA)).map((operation) => `${operation}/*`),
};
