import { aws, existingAws } from "../../../constructs/clouds/aws";
import { azure, existingAzure } from "../../../constructs/clouds/azure";
import type { Cloud } from "../../../constructs/clouds/cloud";
import { existingGoogle, google } from "../../../constructs/clouds/google";
import { loadEnvironments } from "../../../constructs/model/load";
import { formatProblem, InvalidInput } from "../../../constructs/model/problem";
import { addonStatements, AWS_PROPS, synthPlatform as synthAwsPlatform } from "../../support/aws-environment";
import { AZURE_PROPS, synthPlatform as synthAzurePlatform } from "../../support/azure-environment";
import { all, environmentOn, one, release, type StackJson, synthCloud } from "../../support/cloud-environment";
import {
  EXISTING_SHARED_VPC,
  EXISTING_VNET,
  EXISTING_VPC,
  HUB_ZONES,
  ON_EXISTING,
} from "../../support/existing-networks";
import { GOOGLE_PROPS, synthPlatform as synthGooglePlatform } from "../../support/google-environment";
import { production as shop } from "../../support/input";
import { firstApplication, managed } from "../../support/synthesized";

const cluster = (cloud: Cloud, profile: "production" | "small" = "production"): StackJson =>
  synthCloud(
    cloud,
    (it, stack, environment) => {
      it.configure(stack, environment);
      it.createCluster?.(stack, environment);
    },
    { profile, stack: "test-cluster" },
  );

/** What applications and platform have on the cluster. */
const onCluster = (cloud: Cloud): StackJson =>
  synthCloud(cloud, (it, scope, environment) => {
    it.configure(scope, environment);
    const found = it.connect(scope, environment);
    found.platform(scope);
    found.provide(scope, managed(firstApplication({ ...shop(), cloud: it })));
  });

const lines = (cloud: Cloud): string[] => cloud.problems(["cloud"]).map(formatProblem);

describe.each(ON_EXISTING)("a network of somebody else's on $name", ({ made, existing, types }) => {
  test("is valid, and may be that of other environments too", () => {
    expect(lines(existing)).toEqual([]);
    expect(existing.networkCidrs).toBeUndefined();
    expect(made.networkCidrs).toEqual(["10.10.0.0/16"]);
  });

  test("is said to be its owner's where environments are compared", () => {
    expect(existing.describe(environmentOn(existing)).network).toMatch(/(vpc-0123456789abcdef0|spoke) of its owner$/);
    expect(made.describe(environmentOn(made))).not.toHaveProperty("network");
  });

  test.each(["production", "small"] as const)(
    "has nothing made, changed or taken away by a cluster of profile %s",
    (profile) => {
      const own = cluster(made, profile);
      const given = cluster(existing, profile);
      const left = Object.keys(given.resource);
      expect(left.filter((type) => types.includes(type))).toEqual([]);
      // What is left out is the network, and nothing else.
      const gone = Object.keys(own.resource).filter((type) => !left.includes(type));
      expect(gone.filter((type) => !types.includes(type))).toEqual([]);
      expect(left.filter((type) => own.resource[type] === undefined)).toEqual([]);
    },
  );

  test("has every part of it looked at, with conditions that name the part", () => {
    const conditions = Object.values(cluster(existing).data ?? {})
      .flatMap((byName) => Object.values(byName))
      .flatMap(
        ({ lifecycle }) =>
          (lifecycle as { postcondition?: { error_message: string }[] } | undefined)?.postcondition ?? [],
      )
      .map(({ error_message }) => error_message)
      .filter((message) => message.startsWith("environments.production.cloud.network.existing."));
    const parts = new Set(conditions.map((message) => message.slice(0, message.indexOf(": "))));
    expect([...parts].sort()).toMatchSnapshot();
    expect(conditions.every((message) => / was expected; .+\.$/.test(message))).toBe(true);
  });

  test("is recorded, as the one of its own is, so that neither takes the other's place", () => {
    const records = (json: StackJson) =>
      Object.entries(json.resource.terraform_data ?? {}).map(
        ([name, { input }]) => [name, JSON.stringify(input)] as const,
      );
    const own = new Map(records(cluster(made)));
    const changed = records(cluster(existing)).filter(([name, input]) => own.get(name) !== input);
    expect(changed.length).toBeGreaterThan(0);
    for (const [name] of changed) expect(own.has(name)).toBe(true);
  });

  test("leaves what stands on the cluster as it is, but for where that is", () => {
    expect(Object.keys(onCluster(existing).resource).sort()).toEqual(Object.keys(onCluster(made).resource).sort());
  });
});

describe("on AWS", () => {
  const existing = aws({ ...AWS_PROPS, network: { existing: EXISTING_VPC } });
  const json = cluster(existing);

  test("cluster, nodes and volumes are in the subnets that were given", () => {
    const nodes = EXISTING_VPC.zones.map(({ nodes: { id } }) => id);
    const { vpc_config: config } = one(json, "aws_eks_cluster") as { vpc_config: { subnet_ids: string[] } };
    expect(config.subnet_ids).toEqual(nodes);
    expect(all(json, "aws_eks_node_group").map(({ subnet_ids }) => subnet_ids)).toEqual([nodes]);
    expect(all(json, "aws_efs_mount_target").map(({ subnet_id }) => subnet_id)).toEqual(
      EXISTING_VPC.zones.map(({ data }) => data.id),
    );
    expect(new Set(all(json, "aws_security_group").map(({ vpc_id }) => vpc_id))).toEqual(new Set([EXISTING_VPC.vpcId]));
  });

  test("a private API is called from its nodes' subnets, and not from all of somebody's VPC", () => {
    expect(
      all(json, "aws_vpc_security_group_ingress_rule").flatMap(({ cidr_ipv4 }) =>
        cidr_ipv4 === undefined ? [] : [cidr_ipv4],
      ),
    ).toEqual(["10.40.0.0/19", "10.40.32.0/19", "10.40.64.0/19"]);
  });

  test("load balancers and Karpenter are told subnets, as nobody tags them, and Karpenter may use no others", () => {
    const annotations = existing.facts(environmentOn(existing)).loadBalancerAnnotations;
    expect(annotations?.["service.beta.kubernetes.io/aws-load-balancer-subnets"]).toBe(
      "subnet-11111111c,subnet-22222222c,subnet-33333333c",
    );
    const own = aws(AWS_PROPS);
    expect(own.facts(environmentOn(own)).loadBalancerAnnotations).not.toHaveProperty(
      "service.beta.kubernetes.io/aws-load-balancer-subnets",
    );
    const platform = synthAwsPlatform({ network: { existing: EXISTING_VPC } });
    const objects = JSON.stringify(release(platform, "karpenter-objects").values);
    expect(objects).toContain('"subnetSelectorTerms":[{"id":"subnet-11111111a"},{"id":"subnet-22222222a"}');
    const statements = addonStatements(platform, "karpenter");
    expect(statements.find(({ Sid }) => Sid === "InTheseSubnets")).toMatchObject({
      Resource: EXISTING_VPC.zones.map(({ nodes }) => `arn:aws:ec2:eu-central-1:123456789012:subnet/${nodes.id}`),
    });
    expect(JSON.stringify(statements.find(({ Sid }) => Sid === "InThisNetwork")?.Resource)).not.toContain("subnet");
  });

  test("data services are in the data subnets, in another program too", () => {
    const subnets = EXISTING_VPC.zones.map(({ data }) => data.id);
    expect(one(onCluster(existing), "aws_db_subnet_group").subnet_ids).toEqual(subnets);
    expect(onCluster(existing).data).not.toHaveProperty("aws_subnets");
    const owned = aws({ ...AWS_PROPS, stateBucket: "billing-state", network: { existing: EXISTING_VPC } });
    const guest = existingAws({
      region: "eu-central-1",
      accountId: "123456789012",
      dataCidrs: EXISTING_VPC.zones.map(({ data }) => data.cidr),
      dataSubnetIds: subnets,
      stateBucket: "billing-state",
    });
    expect(lines(guest)).toEqual([]);
    const { aws_subnet: looked, ...data } = onCluster(guest).data ?? {};
    expect({ ...onCluster(guest), data }).toEqual(onCluster(owned));
    // Their blocks are what somebody said.
    expect(JSON.stringify(looked)).toContain(`toset([\\"${subnets.join('\\", \\"')}\\"])`);
    expect(JSON.stringify(looked)).toContain("cloud.dataCidrs: data subnet");
  });

  test.each<[string, object, string[]]>([
    [
      "a network of both forms",
      { cidr: "10.0.0.0/16", existing: EXISTING_VPC },
      ["cloud.network.cidr: unknown field; remove it or correct its name"],
    ],
    [
      "ids of other things, all at once",
      {
        existing: {
          vpcId: "my-vpc",
          zones: [{ ...EXISTING_VPC.zones[0], loadBalancers: "public-a" }, ...EXISTING_VPC.zones.slice(1)],
        },
      },
      [
        'cloud.network.existing.vpcId: got "my-vpc"; use the id of a VPC, e.g. "vpc-0123456789abcdef0"',
        'cloud.network.existing.zones[0].loadBalancers: got "public-a"; use the id of a subnet, e.g. "subnet-0123456789abcdef0"',
      ],
    ],
    [
      "two zones",
      { existing: { ...EXISTING_VPC, zones: EXISTING_VPC.zones.slice(1) } },
      [expect.stringMatching(/^cloud\.network\.existing\.zones: got .*; use at least 3 entries$/) as string],
    ],
    [
      "a public block",
      {
        existing: {
          ...EXISTING_VPC,
          zones: [
            { ...EXISTING_VPC.zones[0], data: { id: "subnet-44444444b", cidr: "8.8.8.0/24" } },
            ...EXISTING_VPC.zones.slice(1),
          ],
        },
      },
      [
        'cloud.network.existing.zones[0].data.cidr: got "8.8.8.0/24"; use a private block: inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16',
      ],
    ],
    [
      "a subnet of two tiers, with its block, and a zone of another region",
      {
        existing: {
          ...EXISTING_VPC,
          zones: [
            ...EXISTING_VPC.zones,
            {
              zone: "euw1-az1",
              nodes: EXISTING_VPC.zones[0]?.data,
              data: { id: "subnet-44444444b", cidr: "10.41.0.0/24" },
              loadBalancers: "subnet-44444444c",
            },
          ],
        },
      },
      [
        'cloud.network.existing.zones[3].zone: got "euw1-az1", not a zone of eu-central-1; use zone ids that begin with "euc1-az"',
        'cloud.network.existing.zones[3].nodes.id: got "subnet-11111111b", given twice; give each tier of each zone a subnet of its own',
        'cloud.network.existing.zones[3].nodes.cidr: got "10.40.128.0/24", overlaps 10.40.128.0/24 of cloud.network.existing.zones[0].data.cidr; give each its own block',
      ],
    ],
  ])("refuses %s", (_, network, expected) => {
    expect(lines(aws({ ...AWS_PROPS, network } as never))).toEqual(expected);
  });
});

describe("on Google Cloud", () => {
  const existing = google({ ...GOOGLE_PROPS, network: { existing: EXISTING_SHARED_VPC } });
  const NETWORK = "projects/network-host/global/networks/spoke";

  test("the cluster is in the subnets and ranges of the project that shares them", () => {
    expect(one(cluster(existing), "google_container_cluster")).toMatchObject({
      network: NETWORK,
      subnetwork: "projects/network-host/regions/europe-west3/subnetworks/gke-nodes",
      ip_allocation_policy: { cluster_secondary_range_name: "gke-pods", services_secondary_range_name: "gke-services" },
      private_cluster_config: {
        private_endpoint_subnetwork: "projects/network-host/regions/europe-west3/subnetworks/gke-control-plane",
      },
      master_authorized_networks_config: { cidr_blocks: [{ display_name: "nodes", cidr_block: "10.40.0.0/22" }] },
    });
  });

  test("one of the environment's own project is named by it", () => {
    const own = { ...EXISTING_SHARED_VPC, project: undefined };
    const json = cluster(google({ ...GOOGLE_PROPS, network: { existing: own } }));
    expect(one(json, "google_container_cluster").network).toBe("projects/orders-production/global/networks/spoke");
  });

  test("data services and volumes take the range that was given, of the several that the network may have", () => {
    const json = onCluster(existing);
    const [settings] = [one(json, "google_sql_database_instance").settings].flat() as { ip_configuration: object }[];
    expect(settings?.ip_configuration).toMatchObject({
      private_network: NETWORK,
      allocated_ip_range: "private-services",
    });
    expect(one(json, "google_redis_instance")).toMatchObject({
      authorized_network: NETWORK,
      reserved_ip_range: "private-services",
    });
    const files = all(
      synthGooglePlatform({ network: { existing: EXISTING_SHARED_VPC } }),
      "kubernetes_storage_class_v1",
    );
    expect(files.map(({ parameters }) => (parameters as Record<string, string>)["reserved-ip-range"])).toContain(
      "private-services",
    );
    expect(json.data).not.toHaveProperty("google_compute_network");

    const own = onCluster(google(GOOGLE_PROPS));
    expect(JSON.stringify(own.resource.google_sql_database_instance)).not.toContain("allocated_ip_range");
    expect(one(own, "google_redis_instance")).not.toHaveProperty("reserved_ip_range");
  });

  test("another program finds the same", () => {
    const guest = existingGoogle({
      project: GOOGLE_PROPS.project,
      region: "europe-west3",
      dataCidrs: ["10.48.0.0/20"],
      network: { project: "network-host", name: "spoke", dataRange: "private-services" },
      stateBucket: "billing-state",
    });
    expect(lines(guest)).toEqual([]);
    const owned = google({ ...GOOGLE_PROPS, stateBucket: "billing-state", network: { existing: EXISTING_SHARED_VPC } });
    expect(onCluster(guest)).toEqual(onCluster(owned));
  });

  test.each<[string, object, string[]]>([
    [
      "links in place of names",
      { existing: { ...EXISTING_SHARED_VPC, name: NETWORK } },
      [`cloud.network.existing.name: got "${NETWORK}"; use the name of the network, not its id or link`],
    ],
    [
      "ranges that meet, and one subnet for two",
      {
        existing: {
          ...EXISTING_SHARED_VPC,
          controlPlane: { subnet: "gke-nodes", cidr: "10.40.3.240/28" },
          services: { range: "gke-pods", cidr: "10.46.0.0/20" },
        },
      },
      [
        'cloud.network.existing.controlPlane.subnet: got "gke-nodes", given twice; give the control plane a subnet of its own: a /28 is enough',
        'cloud.network.existing.services.range: got "gke-pods", given twice; give each its own range',
        'cloud.network.existing.controlPlane.cidr: got "10.40.3.240/28", overlaps 10.40.0.0/22 of cloud.network.existing.nodes.cidr; give each its own block',
      ],
    ],
    [
      "a range with room for fewer pods than nodes may come",
      { existing: { ...EXISTING_SHARED_VPC, pods: { range: "gke-pods", cidr: "10.44.0.0/21" } } },
      [
        "cloud.nodes: up to 20 nodes, and pods of 16 find room in 10.44.0.0/21; lower max, or give a larger range for pods",
      ],
    ],
    [
      "Cloud SQL's own block",
      { existing: { ...EXISTING_SHARED_VPC, data: { range: "private-services", cidr: "172.17.0.0/20" } } },
      [
        'cloud.network.existing.data.cidr: got "172.17.0.0/20"; use a block apart from 172.17.0.0/16, which Cloud SQL keeps for itself',
      ],
    ],
  ])("refuses %s", (_, network, expected) => {
    expect(lines(google({ ...GOOGLE_PROPS, network } as never))).toEqual(expected);
  });
});

describe("on Azure", () => {
  const existing = azure({ ...AZURE_PROPS, network: { existing: EXISTING_VNET } });
  const json = cluster(existing);
  const subnet = (name: string): string => `${EXISTING_VNET.id}/subnets/${name}`;

  test("the cluster is in the subnets that were given, and leaves by the way that was said", () => {
    expect(one(json, "azurerm_kubernetes_cluster")).toMatchObject({
      default_node_pool: { vnet_subnet_id: subnet("aks-nodes") },
      api_server_access_profile: { subnet_id: subnet("aks-api"), virtual_network_integration_enabled: true },
      network_profile: { outbound_type: "userDefinedRouting" },
    });
    expect(new Set(all(json, "azurerm_kubernetes_cluster_node_pool").map((pool) => pool.vnet_subnet_id))).toEqual(
      new Set([subnet("aks-nodes")]),
    );
    expect(new Set(all(json, "azurerm_private_endpoint").map((endpoint) => endpoint.subnet_id))).toEqual(
      new Set([subnet("private-endpoints")]),
    );
  });

  test("its identity has a role on three subnets, once on each, and on nothing else of the network", () => {
    const scopes = all(json, "azurerm_role_assignment")
      .map(({ scope }) => String(scope))
      .filter((scope) => scope.includes("Microsoft.Network"));
    expect(scopes.sort()).toEqual([subnet("aks-api"), subnet("aks-nodes"), subnet("private-endpoints")]);
  });

  test("private zones are its own, or those that the network has", () => {
    const names = (of: StackJson) =>
      all(of, "azurerm_private_dns_zone")
        .map(({ name }) => String(name))
        .sort();
    expect(names(json)).toEqual([
      "privatelink.blob.core.windows.net",
      "privatelink.file.core.windows.net",
      "privatelink.redis.azure.net",
      "privatelink.vaultcore.azure.net",
      "production.private.mysql.database.azure.com",
    ]);
    expect(
      new Set(all(json, "azurerm_private_dns_zone_virtual_network_link").map((link) => link.virtual_network_id)),
    ).toEqual(new Set([EXISTING_VNET.id]));

    const inHub = azure({ ...AZURE_PROPS, network: { existing: { ...EXISTING_VNET, privateLinkZones: HUB_ZONES } } });
    expect(lines(inHub)).toEqual([]);
    expect(names(cluster(inHub))).toEqual(["production.private.mysql.database.azure.com"]);
    const records = (of: StackJson) =>
      all(of, "azurerm_private_endpoint").map(
        (endpoint) => (endpoint.private_dns_zone_group as { private_dns_zone_ids: string[] }).private_dns_zone_ids,
      );
    expect(new Set(records(cluster(inHub)).flat())).toEqual(new Set([HUB_ZONES.vault, HUB_ZONES.file]));
    expect(records(onCluster(inHub)).flat()).toContain(HUB_ZONES.redis);
  });

  test("data services and volumes are where they were said to be, in another program too", () => {
    const stack = onCluster(existing);
    expect(one(stack, "azurerm_mysql_flexible_server").delegated_subnet_id).toBe(subnet("mysql-servers"));
    const files = all(synthAzurePlatform({ network: { existing: EXISTING_VNET } }), "kubernetes_storage_class_v1").find(
      ({ parameters }) => (parameters as Record<string, string>).protocol === "nfs",
    );
    expect(files?.parameters).toMatchObject({
      vnetResourceGroup: "network",
      vnetName: "spoke",
      subnetName: "private-endpoints",
    });

    const guest = existingAzure({
      location: AZURE_PROPS.location,
      subscriptionId: AZURE_PROPS.subscriptionId,
      tenantId: AZURE_PROPS.tenantId,
      dataCidrs: ["10.40.5.0/24", "10.40.6.0/26"],
      network: { mysqlSubnetId: subnet("mysql-servers"), endpointSubnetId: subnet("private-endpoints") },
      stateAccount: "billingstate",
    });
    expect(lines(guest)).toEqual([]);
    expect(one(onCluster(guest), "azurerm_mysql_flexible_server").delegated_subnet_id).toBe(subnet("mysql-servers"));
  });

  test.each<[string, object, string[]]>([
    [
      "a network of another subscription, one subnet for two, and blocks that meet",
      {
        network: {
          existing: {
            ...EXISTING_VNET,
            id: EXISTING_VNET.id.replace(AZURE_PROPS.subscriptionId, "00000000-0000-4000-8000-000000000009"),
            mysql: { name: "Private-Endpoints", cidr: "10.40.5.128/26" },
          },
        },
      },
      [
        expect.stringMatching(
          /^cloud\.network\.existing\.id: got .*, not of subscription .*, where the cluster is; /,
        ) as string,
        'cloud.network.existing.mysql.name: got "Private-Endpoints", given twice; give each use a subnet of its own',
        'cloud.network.existing.mysql.cidr: got "10.40.5.128/26", overlaps 10.40.5.0/24 of cloud.network.existing.endpoints.cidr; give each its own block',
      ],
    ],
    [
      "what its owner alone does",
      {
        apiServerInNetwork: false,
        endpoint: { access: "private", networks: [EXISTING_VNET.id.replace("spoke", "runners")] },
        network: { existing: EXISTING_VNET },
      },
      [
        "cloud.apiServerInNetwork: got false, in a network that somebody else has made nobody here knows from which addresses nodes come outside; remove it, and give the subnet in network.existing.apiServer",
        expect.stringMatching(
          /^cloud\.endpoint\.networks: got .*, peerings of a network that somebody else has made are its owner's; /,
        ) as string,
      ],
    ],
    [
      "a zone of another service",
      { network: { existing: { ...EXISTING_VNET, privateLinkZones: { ...HUB_ZONES, vault: HUB_ZONES.blob } } } },
      [
        expect.stringMatching(
          /^cloud\.network\.existing\.privateLinkZones\.vault: got .*; use the id of the private zone privatelink\.vaultcore\.azure\.net: /,
        ) as string,
      ],
    ],
  ])("refuses %s", (_, change, expected) => {
    expect(lines(azure({ ...AZURE_PROPS, ...change }))).toEqual(expected);
  });
});

describe("two environments in one network of somebody else's", () => {
  const problems = (one: Cloud, other: Cloud): string[] => {
    try {
      loadEnvironments([
        { ...shop(), name: "production", cloud: one, applications: [] },
        { ...shop(), name: "second", cloud: other, applications: [] },
      ]);
      return [];
    } catch (error) {
      if (error instanceof InvalidInput) {
        return error.problems.map(formatProblem).filter((line) => line.includes(".cloud."));
      }
      throw error;
    }
  };

  test("share subnets on AWS", () => {
    const on = (clusterName: string) => aws({ ...AWS_PROPS, clusterName, network: { existing: EXISTING_VPC } });
    expect(problems(on("one"), on("two"))).toEqual([]);
  });

  test("share no ranges of pods and Services on Google Cloud", () => {
    const on = (clusterName: string, range: string) =>
      google({
        ...GOOGLE_PROPS,
        clusterName,
        network: { existing: { ...EXISTING_SHARED_VPC, pods: { ...EXISTING_SHARED_VPC.pods, range } } },
      });
    expect(problems(on("one", "pods-1"), on("two", "pods-2"))).toEqual([
      'environments.second.cloud.network.existing.services.range: got "gke-services", environment "production" has it, and two clusters cannot have one of it; give each environment one of its own',
    ]);
  });

  test("share neither the control plane's subnet nor links to private zones on Azure", () => {
    const on = (clusterName: string, more: object) =>
      azure({ ...AZURE_PROPS, clusterName, network: { existing: { ...EXISTING_VNET, ...more } } });
    const said = problems(on("one", {}), on("two", {})).join("\n");
    expect(said).toContain('cloud.network.existing.apiServer.name: got "aks-api"');
    expect(said).toContain("give the zones that it is linked to in network.existing.privateLinkZones");
    expect(
      problems(
        on("one", {}),
        on("two", { apiServer: { name: "aks-api-2", cidr: "10.40.4.16/28" }, privateLinkZones: HUB_ZONES }),
      ),
    ).toEqual([]);
  });
});
