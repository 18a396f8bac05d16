import type { Block, StackJson } from "../reference";
import { googleResources, inner, leaves, list, refersTo, type Resource } from "./walk";
import { isWorld } from "./world";

/** Firewall rules and allow-lists with everyone in them. */
export function openToWorld(json: StackJson): string[] {
  return googleResources(json)
    .filter(([type, , block]) => type !== "google_compute_route" && !denies(block))
    .flatMap(([type, address, block]) => [
      ...leaves(block)
        .filter(({ value }) => isWorld(value))
        .map(({ key, value }) => `${address}: ${key} ${String(value)}`),
      ...(type === "google_compute_firewall" && namesNobody(block) ? [`${address}: no source is every source`] : []),
    ]);
}

/** A rule of a firewall, or of a firewall policy. */
const denies = ({ action, allow, deny }: Block): boolean =>
  action === "deny" || (list(deny).length > 0 && list(allow).length === 0);

const SOURCES = ["source_ranges", "source_tags", "source_service_accounts"];

const namesNobody = (block: Block): boolean =>
  block.direction !== "EGRESS" && SOURCES.every((key) => list(block[key]).length === 0);

/** What has a public address or name, unless it says who may use it. */
export function publicEndpoints(json: StackJson): string[] {
  const all = googleResources(json);
  const gateways = all.filter(([type]) => type === "google_compute_router_nat");
  return all.flatMap(([type, address, block]) =>
    (FAULTS[type]?.(block, address, gateways) ?? []).map((fault) => `${address}: ${fault}`),
  );
}

type Faults = (block: Block, address: string, gateways: readonly Resource[]) => string[];

const when = (found: boolean, fault: string): string[] => (found ? [fault] : []);

/** An address is EXTERNAL unless it says so; one that a NAT gateway has is answered by nobody. */
const address: Faults = (block, name, gateways) =>
  when(
    block.address_type !== "INTERNAL" && !gateways.some(([, , gateway]) => refersTo(gateway, name)),
    "an external address",
  );

const forwarding: Faults = ({ load_balancing_scheme: scheme }) =>
  when(!/^INTERNAL/.test(String(scheme)), "a public load balancer");

const machine: Faults = (block) =>
  list(block.network_interface).flatMap((found) =>
    ["access_config", "ipv6_access_config"].filter((key) => list((found as Block)[key]).length > 0),
  );

const FAULTS: Readonly<Record<string, Faults>> = {
  google_compute_address: address,
  google_compute_global_address: address,
  google_compute_forwarding_rule: forwarding,
  google_compute_global_forwarding_rule: forwarding,
  google_compute_instance: machine,
  google_compute_instance_template: machine,
  google_sql_database_instance: (block) =>
    when(inner(block, "settings", "ip_configuration").ipv4_enabled !== false, "a public address"),
  google_container_cluster: cluster,
  google_container_node_pool: (block) =>
    when(inner(block, "network_config").enable_private_nodes !== true, "nodes with public addresses"),
};

/** GKE's own defaults are public nodes, a public endpoint and everyone allowed to it. */
function cluster(block: Block): string[] {
  const { enable_private_endpoint, enable_private_nodes } = inner(block, "private_cluster_config");
  const listed = inner(block, "master_authorized_networks_config");
  const { allow_external_traffic } = inner(block, "control_plane_endpoints_config", "dns_endpoint_config");
  return [
    ...when(enable_private_nodes !== true, "nodes with public addresses"),
    ...when(
      enable_private_endpoint !== true && list(block.master_authorized_networks_config).length === 0,
      "endpoint without an allow-list",
    ),
    ...when(listed.gcp_public_cidrs_access_enabled !== false, "endpoint for all of Google Cloud"),
    ...when(allow_external_traffic === true, "endpoint by its name"),
  ];
}

/** Buckets that something could make public. */
export function exposedBuckets(json: StackJson): string[] {
  return googleResources(json).flatMap(([type, address, block]) => [
    ...when(
      type === "google_storage_bucket" &&
        (block.public_access_prevention !== "enforced" || block.uniform_bucket_level_access !== true),
      `${address}: not guarded`,
    ),
    ...leaves(block)
      .filter(
        ({ key, value }) => /^(predefined_acl|default_acl)$/.test(key) && /public|authenticated/i.test(String(value)),
      )
      .map(({ value }) => `${address}: acl ${String(value)}`),
  ]);
}
