import { gkeStaging } from "../../../environments/gke-staging";
import { exposedBuckets, openToWorld, publicEndpoints, widePolicies } from "../../support/exposure";
import { onlyPlanted, plantedIn } from "../../support/exposure/planted";
import { type Block, stack, type StackJson, synthesizeEnvironments } from "../../support/reference";

const synthesis = synthesizeEnvironments([gkeStaging]);
const planted = plantedIn(synthesis, "gke-staging");
const CLUSTER = "gke-staging-cluster";

const ANYONE = "0.0.0.0/0";
const WEB = [{ protocol: "tcp", ports: ["443"] }];

test.each<[string, string, Block]>([
  ["a rule", "google_compute_firewall", { allow: WEB, source_ranges: ["10.0.0.0/8", ANYONE] }],
  ["in two halves", "google_compute_firewall", { allow: WEB, source_ranges: ["128.0.0.0/1"] }],
  ["IPv6", "google_compute_firewall", { allow: WEB, source_ranges: ["::/0"] }],
  ["by saying nothing", "google_compute_firewall", { allow: WEB, direction: "INGRESS" }],
  ["outwards", "google_compute_firewall", { allow: WEB, direction: "EGRESS", destination_ranges: [ANYONE] }],
  [
    "of a firewall policy",
    "google_compute_network_firewall_policy_rule",
    { action: "allow", match: { src_ip_ranges: [ANYONE] } },
  ],
  [
    "of a cluster",
    "google_container_cluster",
    { master_authorized_networks_config: [{ cidr_blocks: [{ cidr_block: ANYONE, display_name: "all" }] }] },
  ],
  [
    "of a database",
    "google_sql_database_instance",
    { settings: { ip_configuration: { authorized_networks: [{ name: "all", value: ANYONE }] } } },
  ],
])("a rule for the world is found: %s", (_form, type, block) => {
  expect(openToWorld(planted(type, block))).toEqual(onlyPlanted(type));
});

test("rules that shut the world out, for tags, and routes, are none", () => {
  for (const [type, block] of [
    ["google_compute_firewall", { deny: [{ protocol: "all" }], source_ranges: [ANYONE] }],
    ["google_compute_firewall", { allow: WEB, source_tags: ["web"] }],
    ["google_compute_firewall", { allow: WEB, direction: "EGRESS", destination_ranges: ["10.0.0.0/8"] }],
    ["google_compute_network_firewall_policy_rule", { action: "deny", match: { src_ip_ranges: [ANYONE] } }],
    ["google_compute_route", { dest_range: ANYONE }],
  ] as const)
    expect(openToWorld(planted(type, block))).toEqual([]);
});

const PRIVATE_NODES = { enable_private_nodes: true };
const LISTED = { cidr_blocks: [{ cidr_block: "203.0.113.0/24" }], gcp_public_cidrs_access_enabled: false };

test.each<[string, string, Block]>([
  ["address", "google_compute_address", { name: "web" }],
  ["address of all regions", "google_compute_global_address", { name: "web" }],
  ["load balancer", "google_compute_forwarding_rule", { load_balancing_scheme: "EXTERNAL_MANAGED" }],
  ["load balancer that says nothing", "google_compute_global_forwarding_rule", { target: "x" }],
  ["machine", "google_compute_instance", { network_interface: [{ network: "x", access_config: [{}] }] }],
  ["database that says nothing", "google_sql_database_instance", { settings: { tier: "x" } }],
  ["database", "google_sql_database_instance", { settings: [{ ip_configuration: [{ ipv4_enabled: true }] }] }],
  ["pool", "google_container_node_pool", { network_config: { enable_private_nodes: false } }],
])("a public endpoint is found: %s", (_what, type, block) => {
  expect(publicEndpoints(planted(type, block))).toEqual(onlyPlanted(type));
});

/** Closed, as far as these tests look. */
const CLOSED = {
  private_cluster_config: PRIVATE_NODES,
  master_authorized_networks_config: LISTED,
};

test.each<[string, Block]>([
  ["nodes with public addresses", { private_cluster_config: {} }],
  [
    "endpoint for all of Google Cloud",
    { master_authorized_networks_config: { ...LISTED, gcp_public_cidrs_access_enabled: true } },
  ],
  [
    "endpoint by its name",
    { control_plane_endpoints_config: { dns_endpoint_config: { allow_external_traffic: true } } },
  ],
])("a cluster that is too open is found: %s", (fault, block) => {
  const type = "google_container_cluster";
  expect(publicEndpoints(planted(type, CLOSED))).toEqual([]);
  expect(publicEndpoints(planted(type, { ...CLOSED, ...block }))).toEqual([`${type}.planted: ${fault}`]);
});

test("a cluster that says nothing is open in every way", () => {
  const found = publicEndpoints(planted("google_container_cluster", { name: "k" }));
  expect(found.map((fault) => fault.split(": ")[1])).toEqual([
    "nodes with public addresses",
    "endpoint without an allow-list",
    "endpoint for all of Google Cloud",
  ]);
});

test("the way out is no way in, until no gateway has its address", () => {
  const json = stack(synthesis, CLUSTER);
  expect(publicEndpoints(json)).toEqual([]);
  const gateways = "google_compute_router_nat";
  const resource = Object.fromEntries(Object.entries(json.resource).filter(([type]) => type !== gateways));
  expect(publicEndpoints({ ...json, resource })).toEqual([
    expect.stringMatching(/^google_compute_address\..+: an external address$/),
  ]);
});

test.each<[string, string, Block]>([
  ["without a guard", "google_storage_bucket", { name: "b", uniform_bucket_level_access: true }],
  ["by lists of its objects", "google_storage_bucket", { name: "b", public_access_prevention: "enforced" }],
  ["by a list", "google_storage_bucket_acl", { bucket: "b", predefined_acl: "publicRead" }],
])("a bucket that can be public is found: %s", (_what, type, block) => {
  expect(exposedBuckets(planted(type, block))).toEqual(onlyPlanted(type));
});

test("half a guard is none", () => {
  const text = JSON.stringify(stack(synthesis, "state-gke-staging"));
  for (const [good, bad] of [
    ['"public_access_prevention":"enforced"', '"public_access_prevention":"inherited"'],
    ['"uniform_bucket_level_access":true', '"uniform_bucket_level_access":false'],
  ] as const)
    expect(exposedBuckets(JSON.parse(text.replace(good, bad)) as StackJson)).toHaveLength(1);
});

const someone = { member: "group:platform@example.com" };

test.each<[string, string, Block]>([
  ["a bucket for anyone", "google_storage_bucket_iam_member", { member: "allUsers", role: "roles/storage.objectUser" }],
  ["anyone with an account", "google_pubsub_topic_iam_binding", { members: ["allAuthenticatedUsers"], role: "x" }],
  ["anyone, by a list", "google_storage_bucket_access_control", { entity: "allUsers", role: "READER" }],
  ["anyone, by an older list", "google_storage_bucket_acl", { role_entity: ["OWNER:x", "READER:allUsers"] }],
  [
    "every pod",
    "google_service_account_iam_member",
    {
      role: "roles/iam.workloadIdentityUser",
      member: "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/*",
    },
  ],
  ["owner", "google_project_iam_member", { ...someone, role: "roles/owner" }],
  ["editor of one thing", "google_storage_bucket_iam_member", { ...someone, role: "roles/editor" }],
  ["any identity", "google_project_iam_member", { ...someone, role: "roles/iam.serviceAccountTokenCreator" }],
  ["who gives rights", "google_project_iam_member", { ...someone, role: "roles/resourcemanager.projectIamAdmin" }],
  ["a role that takes over", "google_project_iam_custom_role", { permissions: ["iam.serviceAccounts.actAs"] }],
  [
    "a role that gives rights",
    "google_project_iam_custom_role",
    { permissions: ["x", "storage.buckets.setIamPolicy"] },
  ],
  ["what cannot be read", "google_project_iam_policy", { policy_data: "${data.google_iam_policy.p.policy_data}" }],
])("a policy that is too wide is found: %s", (_what, type, block) => {
  expect(widePolicies(planted(type, block))).toEqual(onlyPlanted(type));
});

test.each<[string, string, Block]>([
  [
    "one account's identity",
    "google_service_account_iam_member",
    { ...someone, role: "roles/iam.workloadIdentityUser" },
  ],
  ["one service", "google_project_iam_member", { ...someone, role: "roles/container.admin" }],
])("a policy that is narrow enough is none: %s", (_what, type, block) => {
  expect(widePolicies(planted(type, block))).toEqual([]);
});
