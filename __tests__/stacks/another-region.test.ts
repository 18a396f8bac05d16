import { aws } from "../../constructs/clouds/aws";
import { azure } from "../../constructs/clouds/azure";
import { google } from "../../constructs/clouds/google";
import type { EnvironmentSpec } from "../../constructs/environment";
import { environments } from "../../environments";
import { type Block, synthesizeEnvironments } from "../support/reference";

/*
 * The runbook of a lost region says to make an environment of another name in another region, from a copy of the file, while what the
 * first one made is still there: no name may be wanted twice where a cloud has one place for all names.
 */

/** Arguments by which resources are told apart in a cloud. */
const NAMES = [
  ...["name", "name_prefix", "bucket", "identifier", "cluster_identifier", "replication_group_id", "broker_name"],
  ...["account_id", "secret_id", "role_id", "service_account_id", "key_ring_id", "creation_token", "instance_id"],
  ...["user_id", "user_group_id", "alias"],
];

/** Objects in the cluster, and what is in a state alone. */
const ELSEWHERE = /^(?:kubernetes_|helm_|random_|time_|tls_|terraform_data)/;

/** Kinds of resources whose names are those of a parent, by the argument that says which: each environment has its own. */
const PARTS: Readonly<Record<string, string>> = {
  azurerm_federated_identity_credential: "parent_id",
  azurerm_kubernetes_cluster_node_pool: "kubernetes_cluster_id",
  azurerm_management_lock: "scope",
  azurerm_monitor_action_group: "resource_group_name",
  azurerm_monitor_activity_log_alert: "resource_group_name",
  azurerm_monitor_diagnostic_setting: "target_resource_id",
  azurerm_monitor_metric_alert: "resource_group_name",
  azurerm_mysql_flexible_database: "server_name",
  azurerm_mysql_flexible_server_configuration: "server_name",
  azurerm_network_security_rule: "network_security_group_name",
  azurerm_private_dns_zone: "resource_group_name",
  azurerm_private_dns_zone_virtual_network_link: "private_dns_zone_name",
  azurerm_storage_container: "storage_account_id",
  azurerm_subnet: "virtual_network_name",
  google_container_node_pool: "cluster",
  google_kms_crypto_key: "key_ring",
  google_sql_database: "instance",
  google_sql_user: "instance",
};

const resourcesOf = (spec: EnvironmentSpec): [type: string, block: Block][] =>
  Object.values(synthesizeEnvironments([spec]).stacks).flatMap(({ resource }) =>
    Object.entries(resource)
      .filter(([type]) => !ELSEWHERE.test(type))
      .flatMap(([type, blocks]) => Object.values(blocks).map((block): [string, Block] => [type, block])),
  );

/** Whose part it is: a reference leads to a resource of the same environment, or to one that is looked up by its name. */
function parentOf(type: string, block: Block): string {
  const argument = PARTS[type];
  if (argument === undefined) return "";
  const parent = block[argument];
  if (typeof parent !== "string") throw new Error(`${type} has no ${argument}`);
  return parent;
}

/** Names by which resources are told apart in all of the account, or of the cloud. */
const namesOf = (spec: EnvironmentSpec): string[] =>
  resourcesOf(spec).flatMap(([type, block]) => {
    const parent = parentOf(type, block);
    if (parent.startsWith("${")) return [];
    return NAMES.flatMap((argument) => {
      const name = block[argument];
      return typeof name === "string" && !name.startsWith("${") ? [`${type} ${argument} ${name} ${parent}`] : [];
    });
  });

const cidr = "10.200.0.0/16";
const ANOTHER = {
  production: aws({
    accountId: "222222222222",
    region: "eu-west-1",
    network: { cidr },
    endpoint: { access: "private" },
    access: {
      deployers: ["arn:aws:iam::222222222222:role/goldenpath-deployer"],
      administrators: ["arn:aws:iam::222222222222:role/platform-administrator"],
    },
    dns: { zones: [{ name: "example.com", id: "Z0EXAMPLEPROD" }] },
  }),
  "gke-staging": google({
    project: "goldenpath-staging",
    region: "europe-west4",
    network: { cidr },
    endpoint: { access: "allow-list", cidrs: ["203.0.113.0/24"] },
    access: {
      deployers: ["serviceAccount:deployer@goldenpath-staging.iam.gserviceaccount.com"],
      administrators: ["group:platform@example.com"],
    },
    dns: { zones: [{ domain: "gke-staging.example.com", name: "gke-staging-example-com" }] },
  }),
  "aks-staging": azure({
    subscriptionId: "11111111-1111-4111-8111-111111111111",
    tenantId: "22222222-2222-4222-8222-222222222222",
    location: "northeurope",
    network: { cidr },
    endpoint: { access: "allow-list", cidrs: ["203.0.113.0/24"] },
    access: {
      deployers: ["33333333-3333-4333-8333-333333333333"],
      administrators: ["44444444-4444-4444-8444-444444444444"],
    },
    dns: { zones: [{ name: "aks-staging.example.com", resourceGroup: "dns" }] },
  }),
} as const;

const specOf = (name: string): EnvironmentSpec => {
  const [spec] = environments.filter((one) => one.name === name);
  if (spec === undefined) throw new Error(`no environment ${name}`);
  return spec;
};

const wantedTwice = (one: readonly string[], other: readonly string[]): string[] => {
  const taken = new Set(one);
  return [...new Set(other.filter((name) => taken.has(name)))].sort();
};

describe.each(Object.entries(ANOTHER))("%s", (name, cloud) => {
  const here = namesOf(specOf(name));

  test("is made again under another name in another region, without a name that is taken", () => {
    const there = namesOf({ ...specOf(name), name: `${name}-b`, cloud });
    expect(there.length).toBe(here.length);
    expect(wantedTwice(here, there)).toEqual([]);
  });

  test("and under its own name it would want what is taken", () => {
    const again = namesOf({ ...specOf(name), cloud });
    expect(wantedTwice(here, again).length).toBeGreaterThan(10);
  });
});
