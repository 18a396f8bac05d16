import { azure, type ConnectedNetwork } from "../../../../constructs/clouds/azure";
import { AZURE_PROPS, SUBSCRIPTION, synthCluster } from "../../../support/azure-environment";
import { all, one, type StackJson } from "../../../support/cloud-environment";
import { problemsOf, production as productionInput, staging as stagingInput } from "../../../support/input";

const production = synthCluster();
const open = { access: "allow-list", cidrs: ["203.0.113.0/24"] } as const;
const small = synthCluster({ endpoint: open }, "small");

const names = (json: StackJson, type: string): string[] => Object.keys(json.resource[type] ?? {});
const rule = (json: StackJson, name: string) => one(json, "azurerm_network_security_rule", name);

describe("subnets", () => {
  test("nodes have one in each zone, and nobody has a way out that Azure gives unasked", () => {
    const subnets = all(production, "azurerm_subnet");
    expect(subnets.map(({ name }) => name).sort()).toEqual([
      "api-server",
      "endpoints",
      "mysql",
      "nodes-1",
      "nodes-2",
      "nodes-3",
    ]);
    expect(subnets.every((subnet) => subnet.default_outbound_access_enabled === false)).toBe(true);
    expect(all(small, "azurerm_subnet").map(({ name }) => name)).toContain("nodes-2");
    expect(all(small, "azurerm_subnet").map(({ name }) => name)).not.toContain("nodes-3");
  });

  test("MySQL and the control plane have theirs delegated", () => {
    const service = (name: string) => {
      const [delegation] = one(production, "azurerm_subnet", name).delegation as {
        service_delegation: { name: string };
      }[];
      return delegation?.service_delegation.name;
    };
    expect(service("Mysql")).toBe("Microsoft.DBforMySQL/flexibleServers");
    expect(service("ApiServer")).toBe("Microsoft.ContainerService/managedClusters");
  });

  test("rules hold for private endpoints too", () => {
    expect(one(production, "azurerm_subnet", "Endpoints").private_endpoint_network_policies).toBe(
      "NetworkSecurityGroupEnabled",
    );
  });

  test("a third zone moves nothing of the first two", () => {
    const two = synthCluster({ network: { cidr: "10.10.0.0/16", zones: ["1", "2"] } });
    for (const zone of ["Zone1", "Zone2"]) {
      expect(one(two, "azurerm_subnet", zone)).toEqual(one(production, "azurerm_subnet", zone));
    }
  });
});

describe("ways out", () => {
  test("production has a NAT gateway with an address in each zone, for that zone's nodes", () => {
    expect(all(production, "azurerm_nat_gateway").map(({ zones }) => zones)).toEqual([["1"], ["2"], ["3"]]);
    expect(all(production, "azurerm_public_ip").map(({ zones }) => zones)).toEqual([["1"], ["2"], ["3"]]);
    const used = all(production, "azurerm_subnet_nat_gateway_association").map(({ nat_gateway_id }) => nat_gateway_id);
    expect(new Set(used).size).toBe(3);
  });

  test("a small environment has one for all", () => {
    const [nat] = names(small, "azurerm_nat_gateway");
    expect(all(small, "azurerm_nat_gateway")).toHaveLength(1);
    expect(all(small, "azurerm_subnet_nat_gateway_association").map((found) => found.nat_gateway_id)).toEqual(
      Array(2).fill(`\${azurerm_nat_gateway.${nat ?? ""}.id}`),
    );
  });

  test("data services and the control plane have none", () => {
    const used = all(production, "azurerm_subnet_nat_gateway_association").map(({ subnet_id }) => String(subnet_id));
    expect(used.every((id) => id.includes("Zone"))).toBe(true);
  });
});

describe("security groups", () => {
  test("every subnet has one, and each ends in a rule that refuses all others", () => {
    expect(all(production, "azurerm_subnet_network_security_group_association")).toHaveLength(6);
    const refusing = all(production, "azurerm_network_security_rule").filter(({ access }) => access === "Deny");
    expect(refusing).toHaveLength(all(production, "azurerm_network_security_group").length);
    for (const found of refusing) {
      expect(found).toMatchObject({ priority: 4096, protocol: "*", source_address_prefix: "*", direction: "Inbound" });
    }
  });

  test("the internet reaches the ports of routes on nodes, and nothing else", () => {
    for (const json of [production, small]) {
      const public_ = all(json, "azurerm_network_security_rule").filter(
        (found) => found.access === "Allow" && ["Internet", "*"].includes(String(found.source_address_prefix)),
      );
      expect(public_.map(({ destination_port_ranges }) => destination_port_ranges)).toEqual([["80", "443"]]);
    }
  });

  test("pods and nodes reach each other, as an overlay needs", () => {
    expect(rule(production, "nodes-and-pods").source_address_prefixes).toEqual([
      "10.10.0.0/19",
      "10.10.32.0/19",
      "10.10.64.0/19",
      "10.244.0.0/16",
    ]);
  });

  test("data services let in nodes on their ports", () => {
    expect(rule(production, "EndpointRules_nodes").destination_port_ranges).toEqual(["443", "2049", "10000"]);
    expect(rule(production, "MysqlRules_nodes").destination_port_ranges).toEqual(["3306"]);
  });

  test("the Kubernetes API lets in nodes, and the callers that the environment names", () => {
    expect(rule(production, "ApiServerRules_nodes").destination_port_ranges).toEqual(["443", "4443"]);
    expect(rule(production, "ApiServerRules_callers").source_address_prefixes).toEqual(["10.10.0.0/16"]);
    expect(rule(small, "ApiServerRules_callers").source_address_prefixes).toEqual(["203.0.113.0/24"]);
    const connected = synthCluster({ endpoint: { access: "private", cidrs: ["10.99.0.0/16"] } });
    for (const group of ["ApiServerRules", "EndpointRules"]) {
      expect(rule(connected, `${group}_callers`).source_address_prefixes).toEqual(["10.99.0.0/16"]);
    }
    expect(names(small, "azurerm_network_security_rule").filter((name) => /EndpointRules_callers/.test(name))).toEqual(
      [],
    );
  });
});

describe("private names", () => {
  test("are those of MySQL and of private endpoints, and the network finds them", () => {
    expect(all(production, "azurerm_private_dns_zone").map(({ name }) => name)).toEqual([
      "privatelink.blob.core.windows.net",
      "privatelink.file.core.windows.net",
      "production.private.mysql.database.azure.com",
      "privatelink.redis.azure.net",
      "privatelink.vaultcore.azure.net",
    ]);
    expect(all(production, "azurerm_private_dns_zone_virtual_network_link")).toHaveLength(5);
  });

  test("a connected network is peered and finds them too; the way back from another subscription is its owner's", () => {
    const id = (subscription: string) =>
      `/subscriptions/${subscription}/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub`;
    const far = id("99999999-0000-4000-8000-999999999999");
    const json = synthCluster({ endpoint: { access: "private", networks: [id(SUBSCRIPTION), far] } });
    const peerings = all(json, "azurerm_virtual_network_peering");
    expect(peerings.map(({ remote_virtual_network_id }) => remote_virtual_network_id)).toEqual([
      "${azurerm_virtual_network.Network.id}",
      id(SUBSCRIPTION),
      far,
    ]);
    expect(peerings[0]).toMatchObject({ resource_group_name: "hub", virtual_network_name: "hub" });
    expect(all(json, "azurerm_private_dns_zone_virtual_network_link")).toHaveLength(15);
    const alone = synthCluster({ endpoint: { access: "private", networks: [far] } });
    expect(one(alone, "azurerm_virtual_network_peering")).toEqual(peerings[2]);
  });

  test("a network that has private link zones is peered, and linked to MySQL's alone, whose name is the cluster's", () => {
    const id = "/subscriptions/9/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub";
    const given = (names: boolean) => synthCluster({ endpoint: { access: "private", networks: [{ id, names }] } });
    const links = (json: StackJson) =>
      all(json, "azurerm_private_dns_zone_virtual_network_link").filter((link) => link.virtual_network_id === id);
    expect(links(given(false)).map(({ private_dns_zone_name }) => private_dns_zone_name)).toEqual([
      expect.stringMatching(/^\$\{azurerm_private_dns_zone\.Network_Dns_mysql_/),
    ]);
    expect(links(given(true))).toHaveLength(5);
    const short = synthCluster({ endpoint: { access: "private", networks: [id] } });
    expect(given(true)).toEqual(short);
    expect(given(false).resource.azurerm_virtual_network_peering).toEqual(
      short.resource.azurerm_virtual_network_peering,
    );
  });

  test("of two environments of a program go to a network from one of them", () => {
    const id =
      "/subscriptions/12345678-0000-4000-8000-123456789012/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub";
    const shouted = id.replace("/hub/", "/HUB/");
    const problems = (network: string | ConnectedNetwork): string[] => {
      const on = (cidr: string, given: string | ConnectedNetwork) =>
        azure({ ...AZURE_PROPS, network: { cidr }, endpoint: { access: "private", networks: [given] } });
      const second = { ...productionInput(), cloud: on("10.20.0.0/16", network) };
      return problemsOf({ ...stagingInput(), cloud: on("10.10.0.0/16", id) }, second).filter((line) =>
        line.includes("endpoint"),
      );
    };
    expect(problems(shouted)).toEqual([
      expect.stringMatching(
        /^environments\.production\.cloud\.endpoint\.networks\[0\]: got .+HUB.+, environment "staging" has it/,
      ),
    ]);
    expect(problems({ id, names: false })).toEqual([]);
    expect(problems(id.replace("/hub/", "/other/"))).toEqual([]);
  });
});

describe("logs", () => {
  test("all traffic is recorded and made sense of, for a year", () => {
    expect(one(production, "azurerm_network_watcher_flow_log")).toMatchObject({
      target_resource_id: "${azurerm_virtual_network.Network.id}",
      network_watcher_name: "NetworkWatcher_germanywestcentral",
      resource_group_name: "NetworkWatcherRG",
      version: 2,
      enabled: true,
      retention_policy: { enabled: true, days: 365 },
      traffic_analytics: { enabled: true, interval_in_minutes: 10 },
    });
    const longer = synthCluster({ logRetentionDays: 730 });
    expect(one(longer, "azurerm_network_watcher_flow_log").retention_policy).toEqual({ enabled: true, days: 365 });
    expect(one(longer, "azurerm_log_analytics_workspace").retention_in_days).toBe(730);
  });

  test("the subscription's own Network Watcher may be another", () => {
    const watcher = { name: "watcher", resourceGroup: "shared" };
    const json = synthCluster({ network: { cidr: "10.10.0.0/16", watcher } });
    expect(one(json, "azurerm_network_watcher_flow_log")).toMatchObject({
      network_watcher_name: "watcher",
      resource_group_name: "shared",
    });
  });

  test("a Network Watcher is made before the network, where Azure makes none", () => {
    const json = synthCluster({ network: { cidr: "10.10.0.0/16", createWatcher: true } });
    expect(one(json, "azurerm_network_watcher")).toMatchObject({ name: "NetworkWatcher_germanywestcentral" });
    // Azure makes its own with the first network, and a second is refused.
    expect(one(json, "azurerm_virtual_network").depends_on).toEqual(["azurerm_network_watcher.Watcher"]);
    expect(one(json, "azurerm_network_watcher_flow_log").resource_group_name).toBe(
      one(json, "azurerm_resource_group").name,
    );
    expect(production.resource).not.toHaveProperty("azurerm_network_watcher");
    expect(one(production, "azurerm_virtual_network")).not.toHaveProperty("depends_on");
  });

  test("keys of the workspace open nothing", () => {
    expect(one(production, "azurerm_log_analytics_workspace").local_authentication_enabled).toBe(false);
    expect(one(small, "azurerm_log_analytics_workspace").retention_in_days).toBe(90);
  });
});
