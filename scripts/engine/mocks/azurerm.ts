import type { Mock, StackBlocks } from "./mock";

const SUBSCRIPTION = "/subscriptions/11111111-0000-4000-8000-111111111111";
const GROUP = `${SUBSCRIPTION}/resourceGroups/mocked`;
const ROLE = "66666666-0000-4000-8000-666666666666";

const id = (type: string): { readonly id: string } => ({ id: `${GROUP}/providers/Microsoft.${type}/mocked` });

const VERSION = "0123456789abcdef0123456789abcdef";

/** Value for arguments that take the address of a key with its version. */
const key = (purpose: string) => ({
  type: "String",
  value: `https://mocked.vault.azure.net/keys/${purpose}-1/${VERSION}`,
});

/** Ids, which azurerm reads before it sends them, and what functions are applied to. */
const FIXED: readonly Mock[] = [
  [
    "data",
    "azurerm_kubernetes_cluster",
    {
      fqdn: "cluster.example.com",
      kube_config: [
        {
          client_certificate: "",
          client_key: "",
          cluster_ca_certificate: Buffer.from("certificate").toString("base64"),
          host: "https://cluster.example.com",
          password: "",
          username: "",
        },
      ],
      oidc_issuer_url: "https://issuer.example.com/",
    },
  ],
  ["resource", "azurerm_disk_encryption_set", id("Compute/diskEncryptionSets")],
  ["resource", "azurerm_key_vault", id("KeyVault/vaults")],
  [
    "resource",
    "azurerm_key_vault_key",
    {
      id: `https://mocked.vault.azure.net/keys/mocked/${VERSION}`,
      resource_versionless_id: `${GROUP}/providers/Microsoft.KeyVault/vaults/mocked/keys/mocked`,
      versionless_id: "https://mocked.vault.azure.net/keys/mocked",
    },
  ],
  ["resource", "azurerm_kubernetes_cluster", id("ContainerService/managedClusters")],
  [
    "resource",
    "azurerm_log_analytics_workspace",
    { ...id("OperationalInsights/workspaces"), workspace_id: "33333333-0000-4000-8000-333333333333" },
  ],
  ["resource", "azurerm_managed_redis", id("Cache/redisEnterprise")],
  ["resource", "azurerm_monitor_action_group", id("Insights/actionGroups")],
  ["resource", "azurerm_mysql_flexible_server", id("DBforMySQL/flexibleServers")],
  ["resource", "azurerm_nat_gateway", id("Network/natGateways")],
  ["resource", "azurerm_network_security_group", id("Network/networkSecurityGroups")],
  ["resource", "azurerm_private_dns_zone", id("Network/privateDnsZones")],
  ["resource", "azurerm_public_ip", id("Network/publicIPAddresses")],
  ["resource", "azurerm_resource_group", { id: GROUP }],
  [
    "resource",
    "azurerm_resource_group_template_deployment",
    { output_content: JSON.stringify({ secrets: key("secrets"), disks: key("disks"), files: key("files") }) },
  ],
  [
    "resource",
    "azurerm_role_definition",
    { role_definition_resource_id: `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${ROLE}` },
  ],
  ["resource", "azurerm_storage_account", id("Storage/storageAccounts")],
  [
    "resource",
    "azurerm_storage_container",
    { id: `${GROUP}/providers/Microsoft.Storage/storageAccounts/mocked/blobServices/default/containers/mocked` },
  ],
  ["resource", "azurerm_subnet", { id: `${GROUP}/providers/Microsoft.Network/virtualNetworks/mocked/subnets/mocked` }],
  [
    "resource",
    "azurerm_user_assigned_identity",
    {
      ...id("ManagedIdentity/userAssignedIdentities"),
      client_id: "55555555-0000-4000-8000-555555555555",
      principal_id: "44444444-0000-4000-8000-444444444444",
    },
  ],
  ["resource", "azurerm_virtual_network", id("Network/virtualNetworks")],
];

export const azurermMocks = (stack: StackBlocks): readonly Mock[] => [...FIXED, ...secrets(stack)];

const vaultSecret = (name: string): string => `https://mocked.vault.azure.net/secrets/${name}/${VERSION}`;

/** The secrets that the stack insists on: without a value of its own each mock of the list would be empty. */
function secrets({ data }: StackBlocks): Mock[] {
  const conditions = JSON.stringify(data?.azurerm_key_vault_secrets ?? {});
  const names = [...conditions.matchAll(/secret\.name == \\"([^"\\]+)\\"/g)].flatMap(([, name]) => name ?? []);
  const listed = names.map((name) => ({ enabled: true, id: vaultSecret(name), name, tags: {} }));
  return names.length === 0 ? [] : [["data", "azurerm_key_vault_secrets", { secrets: listed }]];
}
