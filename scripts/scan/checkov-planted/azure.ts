import type { Planted } from "../planted";

/** What checkov must find in resources of Azure. */
export const azure: readonly Planted[] = [
  {
    type: "azurerm_key_vault",
    change: { network_acls: { bypass: "None", default_action: "Allow" } },
    check: "CKV_AZURE_109",
  },
  { type: "azurerm_key_vault", change: { purge_protection_enabled: false }, check: "CKV_AZURE_110" },
  { type: "azurerm_key_vault_secret", change: { content_type: undefined }, check: "CKV_AZURE_114" },
  { type: "azurerm_kubernetes_cluster", change: { local_account_disabled: false }, check: "CKV_AZURE_141" },
  {
    type: "azurerm_kubernetes_cluster",
    change: { network_profile: { network_plugin: "azure" } },
    check: "CKV_AZURE_7",
  },
  { type: "azurerm_kubernetes_cluster", change: { sku_tier: "Free" }, check: "CKV_AZURE_170" },
  {
    type: "azurerm_network_security_rule",
    change: {
      access: "Allow",
      direction: "Inbound",
      protocol: "Tcp",
      source_address_prefix: "*",
      source_address_prefixes: undefined,
      destination_port_range: "22",
      destination_port_ranges: undefined,
    },
    check: "CKV_AZURE_10",
  },
  { type: "azurerm_storage_account", change: { allow_nested_items_to_be_public: true }, check: "CKV_AZURE_190" },
  { type: "azurerm_storage_account", change: { min_tls_version: "TLS1_0" }, check: "CKV_AZURE_44" },
  { type: "azurerm_storage_account", change: { public_network_access_enabled: true }, check: "CKV_AZURE_59" },
  { type: "azurerm_storage_container", change: { container_access_type: "blob" }, check: "CKV_AZURE_34" },
];
