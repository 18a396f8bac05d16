import { aksStaging } from "../../../environments/aks-staging";
import { exposedBuckets, openToWorld, publicEndpoints, widePolicies } from "../../support/exposure";
import { onlyPlanted, plantedIn } from "../../support/exposure/planted";
import { type Block, stack, type StackJson, synthesizeEnvironments } from "../../support/reference";

const synthesis = synthesizeEnvironments([aksStaging]);
const planted = plantedIn(synthesis, "aks-staging");
const CLUSTER = "aks-staging-cluster";

const ANYONE = "0.0.0.0/0";
const IN = { direction: "Inbound", access: "Allow", destination_address_prefix: "*" };
const OUT = { direction: "Outbound", access: "Allow", source_address_prefix: "*" };

test.each<[string, string, Block]>([
  ["by a star", "azurerm_network_security_rule", { ...IN, source_address_prefix: "*" }],
  ["by Azure's name for it", "azurerm_network_security_rule", { ...IN, source_address_prefix: "Internet" }],
  ["as a block", "azurerm_network_security_rule", { ...IN, source_address_prefixes: ["10.0.0.0/8", ANYONE] }],
  ["in two halves", "azurerm_network_security_rule", { ...IN, source_address_prefix: "128.0.0.0/1" }],
  ["inline", "azurerm_network_security_group", { security_rule: [{ ...IN, source_address_prefix: "*" }] }],
  ["outwards", "azurerm_network_security_rule", { ...OUT, destination_address_prefix: "Internet" }],
  [
    "of a cluster",
    "azurerm_kubernetes_cluster",
    { api_server_access_profile: { authorized_ip_ranges: ["203.0.113.0/24", ANYONE] } },
  ],
  ["of an account", "azurerm_storage_account", { network_rules: [{ ip_rules: [ANYONE], default_action: "Deny" }] }],
  ["of a vault", "azurerm_key_vault", { network_acls: { ip_rules: ["0.0.0.0/1"] } }],
  [
    "of a database, all of Azure",
    "azurerm_mysql_flexible_server_firewall_rule",
    { start_ip_address: "0.0.0.0", end_ip_address: "0.0.0.0" },
  ],
  [
    "of a database, by a range",
    "azurerm_mysql_flexible_server_firewall_rule",
    { start_ip_address: "1.0.0.0", end_ip_address: "255.255.255.255" },
  ],
])("a rule for the world is found: %s", (_form, type, block) => {
  expect(openToWorld(planted(type, block))).toEqual(onlyPlanted(type));
});

test("rules that shut the world out, that let in the load balancer, and routes, are none", () => {
  for (const [type, block] of [
    ["azurerm_network_security_rule", { ...IN, access: "Deny", source_address_prefix: "*" }],
    ["azurerm_network_security_rule", { ...IN, source_address_prefix: "AzureLoadBalancer" }],
    ["azurerm_network_security_rule", { ...OUT, destination_address_prefix: "10.0.0.0/8" }],
    ["azurerm_mysql_flexible_server_firewall_rule", { start_ip_address: "203.0.113.1", end_ip_address: "203.0.113.9" }],
    ["azurerm_route", { address_prefix: ANYONE }],
  ] as const)
    expect(openToWorld(planted(type, block))).toEqual([]);
});

const template = (...types: readonly string[]): Block => ({
  template_content: JSON.stringify({ resources: types.map((type) => ({ type })) }),
});

test.each<[string, string, Block]>([
  ["vault that says nothing", "azurerm_key_vault", { name: "v" }],
  ["vault", "azurerm_key_vault", { public_network_access_enabled: true, network_acls: { default_action: "Allow" } }],
  ["account that says nothing", "azurerm_storage_account", { allow_nested_items_to_be_public: false }],
  ["database that says nothing", "azurerm_mysql_flexible_server", { name: "m" }],
  ["database", "azurerm_mysql_flexible_server", { public_network_access: "Enabled" }],
  ["Redis that says nothing", "azurerm_managed_redis", { name: "r" }],
  ["what else says that it is", "azurerm_search_service", { public_network_access_enabled: true }],
  ["address", "azurerm_public_ip", { name: "web" }],
  ["block of addresses", "azurerm_public_ip_prefix", { name: "web" }],
  ["nodes", "azurerm_kubernetes_cluster_node_pool", { node_public_ip_enabled: true }],
  ["cluster that says nothing", "azurerm_kubernetes_cluster", { name: "k" }],
  ["cluster with an empty list", "azurerm_kubernetes_cluster", { api_server_access_profile: {} }],
  [
    "something in a template",
    "azurerm_resource_group_template_deployment",
    template("Microsoft.Network/publicIPAddresses"),
  ],
  ["a template that cannot be read", "azurerm_resource_group_template_deployment", { template_content: "${file}" }],
])("a public endpoint is found: %s", (_what, type, block) => {
  expect(publicEndpoints(planted(type, block))).toEqual(onlyPlanted(type));
});

test("what is on a list, closed, or a template of keys, is none", () => {
  for (const [type, block] of [
    ["azurerm_key_vault", { public_network_access_enabled: true, network_acls: [{ default_action: "Deny" }] }],
    ["azurerm_managed_redis", { public_network_access: "Disabled" }],
    ["azurerm_kubernetes_cluster", { private_cluster_enabled: true }],
    ["azurerm_resource_group_template_deployment", template("Microsoft.KeyVault/vaults/keys")],
  ] as const)
    expect(publicEndpoints(planted(type, block))).toEqual([]);
});

test("the way out is no way in, until no gateway has its address", () => {
  const json = stack(synthesis, CLUSTER);
  expect(publicEndpoints(json)).toEqual([]);
  const gateways = "azurerm_nat_gateway_public_ip_association";
  const resource = Object.fromEntries(Object.entries(json.resource).filter(([type]) => type !== gateways));
  expect(publicEndpoints({ ...json, resource })).toEqual([
    expect.stringMatching(/^azurerm_public_ip\..+: a public address$/),
  ]);
});

test.each<[string, string, Block]>([
  ["without a guard", "azurerm_storage_account", { name: "s" }],
  ["its blobs", "azurerm_storage_container", { container_access_type: "blob" }],
  ["all of it", "azurerm_storage_container", { container_access_type: "container" }],
])("a container that can be public is found: %s", (_what, type, block) => {
  expect(exposedBuckets(planted(type, block))).toEqual(onlyPlanted(type));
});

test("an account of ours whose guard is taken off is found", () => {
  const text = JSON.stringify(stack(synthesis, "state-aks-staging"));
  const guard = '"allow_nested_items_to_be_public":';
  const open = JSON.parse(text.replace(`${guard}false`, `${guard}true`)) as StackJson;
  expect(exposedBuckets(open)).toHaveLength(1);
});

const GROUP = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/my-app";
const OWNER = "/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

test.each<[string, string, Block]>([
  ["owner", "azurerm_role_assignment", { role_definition_name: "Owner", scope: GROUP }],
  ["owner, by id", "azurerm_role_assignment", { role_definition_id: OWNER, scope: GROUP }],
  ["who gives rights", "azurerm_role_assignment", { role_definition_name: "User Access Administrator", scope: GROUP }],
  [
    "a whole subscription",
    "azurerm_role_assignment",
    { role_definition_name: "Key Vault Secrets User", scope: "/subscriptions/11111111-1111-4111-8111-111111111111" },
  ],
  ["a role for everything", "azurerm_role_definition", { permissions: [{ actions: ["*"] }] }],
  ["a role for all data", "azurerm_role_definition", { permissions: [{ data_actions: ["*"] }] }],
  ["a role for all reading", "azurerm_role_definition", { permissions: { actions: ["x", "*/read"] } }],
  [
    "a role that gives rights",
    "azurerm_role_definition",
    { permissions: { actions: ["Microsoft.Authorization/roleAssignments/write"] } },
  ],
  ["every pod", "azurerm_federated_identity_credential", { subject: "system:serviceaccount:my-app:*" }],
])("a policy that is too wide is found: %s", (_what, type, block) => {
  expect(widePolicies(planted(type, block))).toEqual(onlyPlanted(type));
});

test.each<[string, string, Block]>([
  ["one vault's", "azurerm_role_assignment", { role_definition_name: "Key Vault Secrets User", scope: `${GROUP}/v` }],
  ["a group's", "azurerm_role_assignment", { role_definition_name: "Reader", scope: GROUP }],
  ["one kind of blob", "azurerm_role_definition", { permissions: { data_actions: ["Microsoft.Storage/x/read"] } }],
  ["one service account's", "azurerm_federated_identity_credential", { subject: "system:serviceaccount:my-app:web" }],
])("a policy that is narrow enough is none: %s", (_what, type, block) => {
  expect(widePolicies(planted(type, block))).toEqual([]);
});
