import type { Block, StackJson } from "../reference";
import { azureResources, inner, isBlock, leaves, list, refersTo, type Resource } from "./walk";
import { isWorld } from "./world";

const ROUTES = new Set(["azurerm_route", "azurerm_route_table"]);

/** As rules call it; `Internet` is Azure's name for what is in no network. */
const isEverybody = (value: unknown): boolean =>
  isWorld(value) || /^(\*|any|internet|0\.0\.0\.0)$/i.test(String(value));

/** Rules of security groups, firewalls of servers, and allow-lists, with everyone in them. */
export function openToWorld(json: StackJson): string[] {
  return azureResources(json)
    .filter(([type]) => !ROUTES.has(type))
    .flatMap(([, address, block]) => [
      ...[block, ...list(block.security_rule).filter(isBlock)]
        .filter(({ access }) => access === "Allow")
        .flatMap((rule) => opened(rule).map((found) => `${address}: ${found}`)),
      ...leaves(block)
        .filter(({ key, value }) => !RULES.test(key) && isWorld(value))
        .map(({ key, value }) => `${address}: ${key} ${String(value)}`),
      ...rangeOf(block).map((range) => `${address}: ${range}`),
    ]);
}

const RULES = /^(source|destination)_address_prefix(es)?$/;

/** Of a rule inwards it counts who comes, of one outwards where to. */
function opened(rule: Block): string[] {
  const side = rule.direction === "Outbound" ? "destination" : "source";
  const { [`${side}_address_prefix`]: one, [`${side}_address_prefixes`]: several } = rule;
  const ports = [...list(rule.destination_port_range), ...list(rule.destination_port_ranges)].join(", ");
  return [...list(one), ...list(several)].filter(isEverybody).map((found) => `${side} ${String(found)} to ${ports}`);
}

/** From 0.0.0.0: to itself it is every machine in Azure, anybody's, and to anything else most of the internet. */
function rangeOf({ start_ip_address: start, end_ip_address: end }: Block): string[] {
  if (typeof start !== "string" || typeof end !== "string") return [];
  const [first, last] = [start, end].map((address) => Number(address.split(".")[0]));
  return start === "0.0.0.0" || first !== last ? [`${start} to ${end}`] : [];
}

/** What has a public address or name, unless it says who may use it. */
export function publicEndpoints(json: StackJson): string[] {
  const all = azureResources(json);
  const gateways = all.filter(([type]) => type === "azurerm_nat_gateway_public_ip_association");
  return all.flatMap(([type, address, block]) =>
    [
      ...(answersAll(type, block) ? ["public network access"] : []),
      ...(type === "azurerm_kubernetes_cluster" && !guarded(block) ? ["endpoint without an allow-list"] : []),
      ...(/^azurerm_public_ip/.test(type) && !isWayOut(address, gateways) ? ["a public address"] : []),
      ...leaves(block)
        .filter(({ key, value }) => /^(node_|enable_node_)?public_ip(_enabled)?$/.test(key) && String(value) === "true")
        .map(({ key }) => key),
      ...(type === "azurerm_resource_group_template_deployment" ? unread(block) : []),
    ].map((fault) => `${address}: ${fault}`),
  );
}

/** One that a NAT gateway has is answered by nobody. */
const isWayOut = (address: string, gateways: readonly Resource[]): boolean =>
  gateways.some(([, , gateway]) => refersTo(gateway, address));

/** Resources that are public if they do not say otherwise, and how they say it. */
const PUBLIC_BY_DEFAULT: Readonly<Record<string, string>> = {
  azurerm_key_vault: "public_network_access_enabled",
  azurerm_storage_account: "public_network_access_enabled",
  azurerm_container_registry: "public_network_access_enabled",
  azurerm_redis_cache: "public_network_access_enabled",
  azurerm_mssql_server: "public_network_access_enabled",
  azurerm_postgresql_flexible_server: "public_network_access_enabled",
  azurerm_eventhub_namespace: "public_network_access_enabled",
  azurerm_servicebus_namespace: "public_network_access_enabled",
  azurerm_mysql_flexible_server: "public_network_access",
  azurerm_managed_redis: "public_network_access",
};

/** Those with an allow-list refuse whoever is not on it, if they say so. */
function answersAll(type: string, block: Block): boolean {
  const key = PUBLIC_BY_DEFAULT[type] ?? "public_network_access_enabled";
  const said = block[key];
  if (said === undefined && PUBLIC_BY_DEFAULT[type] === undefined) return false;
  if (said === false || said === "Disabled") return false;
  return ["network_rules", "network_acls", "network_rule_set"].every(
    (rules) => inner(block, rules).default_action !== "Deny",
  );
}

const guarded = (block: Block): boolean =>
  block.private_cluster_enabled === true ||
  list(inner(block, "api_server_access_profile").authorized_ip_ranges).length > 0;

/** Templates make what azurerm cannot, past these eyes: keys, and nothing with an address. */
function unread({ template_content: text }: Block): string[] {
  try {
    const { resources } = JSON.parse(String(text)) as Block;
    const types = list(resources).map((resource) => (isBlock(resource) ? String(resource.type) : "a reference"));
    return types.filter((type) => type !== "Microsoft.KeyVault/vaults/keys").map((type) => `template with ${type}`);
  } catch {
    return ["template not read"];
  }
}

/** Accounts and containers that something could make public. */
export function exposedBuckets(json: StackJson): string[] {
  return azureResources(json).flatMap(([type, address, block]) => [
    ...(type === "azurerm_storage_account" && block.allow_nested_items_to_be_public !== false
      ? [`${address}: not guarded`]
      : []),
    ...(type === "azurerm_storage_container" && !/^(private|undefined)$/.test(String(block.container_access_type))
      ? [`${address}: access ${String(block.container_access_type)}`]
      : []),
  ]);
}
