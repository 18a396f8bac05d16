import {
  ADMINISTRATOR,
  DEPLOYER,
  PLANNER,
  SUBSCRIPTION,
  synthCluster,
  TENANT,
  VIEWER,
} from "../../../support/azure-environment";
import { all, one, type StackJson } from "../../../support/cloud-environment";

const production = synthCluster();
const open = { access: "allow-list", cidrs: ["203.0.113.0/24", "198.51.100.7/32"] } as const;
const small = synthCluster({ endpoint: open }, "small");

const cluster = (json: StackJson) => one(json, "azurerm_kubernetes_cluster");
const names = (json: StackJson, type: string): string[] => Object.keys(json.resource[type] ?? {});

describe("control plane", () => {
  test("is 1.36 with an uptime promise, an overlay that enforces policies, and NAT gateways for a way out", () => {
    expect(cluster(production)).toMatchObject({
      name: "production",
      kubernetes_version: "1.36",
      sku_tier: "Standard",
      node_resource_group: "production-nodes",
      network_profile: {
        network_plugin: "azure",
        network_plugin_mode: "overlay",
        network_data_plane: "cilium",
        network_policy: "cilium",
        outbound_type: "userAssignedNATGateway",
        pod_cidr: "10.244.0.0/16",
        service_cidr: "172.20.0.0/16",
        dns_service_ip: "172.20.0.10",
      },
    });
  });

  test("admits by Entra alone: no local accounts, no commands past the API", () => {
    expect(cluster(production)).toMatchObject({
      local_account_disabled: true,
      role_based_access_control_enabled: true,
      azure_active_directory_role_based_access_control: { azure_rbac_enabled: true, tenant_id: TENANT },
      run_command_enabled: false,
      oidc_issuer_enabled: true,
      workload_identity_enabled: true,
    });
  });

  test("stands in the network, private under a public name", () => {
    const subnet =
      "${azurerm_subnet." + (names(production, "azurerm_subnet").find((name) => /ApiServer/.test(name)) ?? "") + ".id}";
    expect(cluster(production)).toMatchObject({
      private_cluster_enabled: true,
      private_cluster_public_fqdn_enabled: true,
      private_dns_zone_id: "None",
      api_server_access_profile: { virtual_network_integration_enabled: true, subnet_id: subnet },
    });
    expect(cluster(production).api_server_access_profile).not.toHaveProperty("authorized_ip_ranges");
  });

  test("stands there too where it is reached from outside, by the listed blocks alone", () => {
    expect(cluster(small)).toMatchObject({
      private_cluster_enabled: false,
      api_server_access_profile: { virtual_network_integration_enabled: true, authorized_ip_ranges: open.cidrs },
    });
  });

  describe("outside the network, where the environment wants it there", () => {
    const outside = synthCluster({ apiServerInNetwork: false });
    const listed = synthCluster({ apiServerInNetwork: false, endpoint: open }, "small");

    test("is private by Private Link, without a subnet of its own", () => {
      expect(cluster(outside)).toMatchObject({
        private_cluster_enabled: true,
        private_cluster_public_fqdn_enabled: true,
        private_dns_zone_id: "None",
      });
      expect(cluster(outside)).not.toHaveProperty("api_server_access_profile");
      for (const type of ["azurerm_subnet", "azurerm_network_security_group"]) {
        expect(names(outside, type).filter((name) => name.includes("ApiServer"))).toEqual([]);
      }
      expect(JSON.stringify(outside.resource.azurerm_network_security_rule)).not.toContain("api-server");
    });

    test("lets nodes in by the address that they have outside", () => {
      const [address] = names(listed, "azurerm_public_ip");
      expect(cluster(listed).api_server_access_profile).toEqual({
        authorized_ip_ranges: [...open.cidrs, `\${azurerm_public_ip.${address ?? ""}.ip_address}/32`],
      });
      expect(cluster(listed).private_cluster_enabled).toBe(false);
    });

    test("asks for the key of Secrets over public addresses, so that its vault is open, and no other is", () => {
      expect(cluster(outside).key_management_service).toMatchObject({ key_vault_network_access: "Public" });
      const vaults = (json: StackJson) =>
        all(json, "azurerm_key_vault").map(({ public_network_access_enabled, network_acls }) => [
          public_network_access_enabled,
          (network_acls as { default_action: string }).default_action,
        ]);
      expect(vaults(production)).toEqual(Array.from({ length: 3 }, () => [false, "Deny"]));
      expect(vaults(outside).filter(([, action]) => action === "Allow")).toEqual([[true, "Allow"]]);
    });
  });

  test("stays where it was made: a plan that would move it stops", () => {
    const record = (json: StackJson) => one(json, "terraform_data", "Cluster_ApiServerPlace");
    expect(record(production)).toMatchObject({ input: { inside: "true" }, lifecycle: { ignore_changes: ["input"] } });
    const { postcondition } = record(synthCluster({ apiServerInNetwork: false })).lifecycle as {
      postcondition: { condition: string; error_message: string }[];
    };
    expect(postcondition).toEqual([
      {
        condition: '${self.input.inside == "false"}',
        error_message: expect.stringContaining(
          "cloud.apiServerInNetwork: got false, and the cluster was made otherwise",
        ) as unknown,
      },
    ]);
  });

  test("brings patches and images in weekend nights", () => {
    expect(cluster(production)).toMatchObject({
      automatic_upgrade_channel: "patch",
      node_os_upgrade_channel: "NodeImage",
      maintenance_window_auto_upgrade: { frequency: "Weekly", day_of_week: "Sunday", duration: 4, start_time: "02:00" },
      maintenance_window_node_os: { frequency: "Weekly", day_of_week: "Saturday" },
      image_cleaner_enabled: true,
    });
  });

  test("logs who changed what and who was let in, by a setting that comes before the lock", () => {
    const setting = one(production, "azurerm_monitor_diagnostic_setting", "Cluster");
    expect(setting.target_resource_id).toBe("${azurerm_kubernetes_cluster.Cluster.id}");
    expect((setting.enabled_log as { category: string }[]).map(({ category }) => category)).toEqual(
      expect.arrayContaining(["kube-audit-admin", "guard", "kube-apiserver"]),
    );
    expect(one(production, "azurerm_management_lock", "Cluster").depends_on).toEqual(
      expect.arrayContaining([expect.stringContaining("azurerm_monitor_diagnostic_setting")]),
    );
  });

  test("has its rights before it begins, and nodes a way out", () => {
    const [identity] = (cluster(production).identity as { identity_ids: string[] }).identity_ids;
    expect(identity).toMatch(/^\$\{time_sleep\.Cluster_Identity_Effect_\w+\.triggers\.id\}$/);
    const depends = String(cluster(production).depends_on);
    expect(depends).toContain("azurerm_subnet_nat_gateway_association");
    expect(depends).toContain("azurerm_subnet_network_security_group_association");
    const { assignments: waited } = one(production, "time_sleep", "Cluster_Identity_Effect").triggers as {
      assignments: string;
    };
    for (const role of ["Nodes1", "Nodes2", "Nodes3", "ApiServer", "Secrets", "Vault", "Disks"]) {
      expect(waited).toContain(`Cluster_Identity_${role}_`);
    }
  });
});

describe("keys", () => {
  const template = (json: StackJson) =>
    JSON.parse(String(one(json, "azurerm_resource_group_template_deployment").template_content)) as {
      resources: { name: string; properties: { keyOps: string[]; keySize: number } }[];
      outputs: Record<string, { value: string }>;
    };

  test("of Secrets, disks and volumes are in a vault that nobody reaches from a network", () => {
    expect(one(production, "azurerm_key_vault", "Keys")).toMatchObject({
      public_network_access_enabled: false,
      network_acls: { default_action: "Deny", bypass: "AzureServices", ip_rules: [] },
      purge_protection_enabled: true,
      rbac_authorization_enabled: true,
    });
    expect(one(small, "azurerm_key_vault", "Keys").purge_protection_enabled).toBe(true);
  });

  test("are made without anybody reaching it, and never deleted by a template", () => {
    const { resources, outputs } = template(production);
    expect(resources.map(({ name }) => name.split("/")[1])).toEqual(["secrets-1", "disks-1", "files-1"]);
    expect(resources[0]?.properties.keyOps).toEqual(["encrypt", "decrypt"]);
    expect(outputs.disks?.value).toMatch(
      /^\[reference\(resourceId\('Microsoft.KeyVault\/vaults\/keys', .*'disks-1'\)\)/,
    );
    expect(one(production, "azurerm_resource_group_template_deployment").deployment_mode).toBe("Incremental");
    expect(production.resource).not.toHaveProperty("azurerm_key_vault_key");
  });

  test("are used by the control plane through a private link, by disks and by volumes", () => {
    expect(cluster(production).key_management_service).toMatchObject({
      key_vault_key_id: "${jsondecode(azurerm_resource_group_template_deployment.Keys.output_content).secrets.value}",
      key_vault_network_access: "Private",
    });
    expect(cluster(production).disk_encryption_set_id).toBe("${azurerm_disk_encryption_set.Disks.id}");
    expect(one(production, "azurerm_disk_encryption_set").key_vault_key_id).toContain(".disks.value");
    expect(one(production, "azurerm_storage_account", "Files").customer_managed_key).toMatchObject({
      key_vault_key_id: expect.stringContaining(".files.value") as string,
    });
  });

  test("another generation is another key, and the old one stays", () => {
    const made = template(synthCluster({ keys: 2 })).resources.map(({ name }) => name.split("/")[1]);
    expect(made).toEqual(["secrets-2", "disks-2", "files-2"]);
  });
});

describe("vaults of applications", () => {
  const vault = (json: StackJson, id: string) => one(json, "azurerm_key_vault", id);

  test("are reached as the Kubernetes API is", () => {
    for (const id of ["SecretVault", "KeyVault"]) {
      expect(vault(production, id)).toMatchObject({ public_network_access_enabled: false });
      expect(vault(small, id)).toMatchObject({
        public_network_access_enabled: true,
        network_acls: { default_action: "Deny", ip_rules: ["203.0.113.0/24", "198.51.100.7"] },
      });
      expect(one(small, "azurerm_private_endpoint", id)).toMatchObject({
        private_service_connection: { subresource_names: ["vault"] },
      });
    }
  });

  test("keep what is deleted by mistake; a small environment has its secrets' names back at once", () => {
    expect(vault(production, "SecretVault")).toMatchObject({
      purge_protection_enabled: true,
      soft_delete_retention_days: 90,
    });
    expect(vault(small, "SecretVault")).toMatchObject({
      purge_protection_enabled: false,
      soft_delete_retention_days: 7,
    });
  });

  test("keep what they were made with when protection comes or goes: asked for another, azurerm fails the apply", () => {
    const days = "soft_delete_retention_days";
    const leftAlone = (json: typeof production, id: string) => vault(json, id).lifecycle;
    expect(leftAlone(production, "SecretVault")).toEqual({ prevent_destroy: true, ignore_changes: [days] });
    expect(leftAlone(small, "SecretVault")).toEqual({
      prevent_destroy: false,
      ignore_changes: [days, "purge_protection_enabled"],
    });
    expect(leftAlone(small, "Keys")).toEqual({ prevent_destroy: false, ignore_changes: [days] });
    // MySQL needs ninety days: a vault with fewer is to be found, not passed over.
    expect(leftAlone(small, "KeyVault")).toEqual({ prevent_destroy: false, ignore_changes: [] });
  });

  test("keep keys as long as MySQL demands, in a small environment too", () => {
    for (const json of [production, small]) {
      expect(vault(json, "KeyVault")).toMatchObject({ purge_protection_enabled: true, soft_delete_retention_days: 90 });
    }
  });

  test("say who opened them", () => {
    const targets = all(production, "azurerm_monitor_diagnostic_setting").map((found) =>
      String(found.target_resource_id),
    );
    expect(targets.filter((id) => id.includes("azurerm_key_vault"))).toHaveLength(3);
  });
});

describe("access", () => {
  const json = synthCluster({
    access: { deployers: [DEPLOYER], administrators: [ADMINISTRATOR], viewers: [VIEWER], planners: [PLANNER] },
  });
  const roles = (principal: string) =>
    all(json, "azurerm_role_assignment")
      .filter(({ principal_id }) => principal_id === principal)
      .map(({ role_definition_name }) => role_definition_name);

  test.each([DEPLOYER, ADMINISTRATOR])(
    "%s may do everything in the cluster, and write secrets and keys",
    (principal) => {
      expect(roles(principal)).toEqual([
        "Azure Kubernetes Service RBAC Cluster Admin",
        "Azure Kubernetes Service Cluster User Role",
        "Key Vault Crypto Officer",
        "Key Vault Secrets Officer",
      ]);
    },
  );

  test("a viewer finds it and reads all but Secrets", () => {
    expect(roles(VIEWER)).toEqual([
      "Azure Kubernetes Service Cluster User Role",
      "Azure Kubernetes Service RBAC Reader",
    ]);
  });

  test("a planner finds it, reads all of it, the values of secrets and the names of keys, and writes nothing", () => {
    const [definition, ...others] = Object.entries(json.resource.azurerm_role_definition ?? {});
    expect(others).toEqual([]);
    expect(roles(PLANNER).map((role) => role ?? "its own")).toEqual([
      "its own",
      "Azure Kubernetes Service Cluster User Role",
      "Key Vault Secrets User",
    ]);
    const own = all(json, "azurerm_role_assignment").find(
      ({ principal_id, role_definition_id }) => principal_id === PLANNER && role_definition_id !== undefined,
    );
    expect(own?.role_definition_id).toBe(`\${azurerm_role_definition.${definition?.[0]}.role_definition_resource_id}`);
    expect(definition?.[1]).toMatchObject({
      permissions: [
        {
          actions: [],
          data_actions: ["Microsoft.ContainerService/managedClusters/*/read", "Microsoft.KeyVault/vaults/keys/read"],
        },
      ],
      assignable_scopes: [own?.scope],
    });
    expect(production.resource.azurerm_role_definition).toBeUndefined();
  });

  test("whoever leaves is let go: no role of people's is on what a lock keeps", () => {
    const locked = all(json, "azurerm_management_lock").map(({ scope }) => scope);
    const people = all(json, "azurerm_role_assignment").filter(({ principal_type }) => principal_type === undefined);
    expect(people).toHaveLength(13);
    expect(people.filter(({ scope }) => locked.includes(scope))).toEqual([]);
    expect(people[0]?.scope).toBe(
      `/subscriptions/${SUBSCRIPTION}/resourceGroups/\${azurerm_resource_group.ResourceGroup.name}`,
    );
  });
});

describe("volumes", () => {
  const files = one(production, "azurerm_storage_account", "Files");

  test("are NFS shares in three zones under TLS, reached in the network alone, without a key", () => {
    expect(files).toMatchObject({
      account_kind: "FileStorage",
      account_tier: "Premium",
      account_replication_type: "ZRS",
      provisioned_billing_model_version: "V2",
      https_traffic_only_enabled: true,
      min_tls_version: "TLS1_2",
      shared_access_key_enabled: false,
      public_network_access_enabled: false,
      infrastructure_encryption_enabled: true,
    });
    expect(one(production, "azurerm_private_endpoint", "Files")).toMatchObject({
      private_service_connection: { subresource_names: ["file"] },
    });
  });

  test("are made by the control plane, and kept for a month when they are deleted", () => {
    expect(one(production, "azurerm_role_assignment", "Files_Driver")).toMatchObject({
      role_definition_name: "Storage Account Contributor",
      scope: "${azurerm_storage_account.Files.id}",
      principal_id: expect.stringContaining("Cluster_Identity") as string,
    });
    expect(files.share_properties).toEqual({ retention_policy: { days: 30 } });
  });
});

test("protected in production, deletable in a small environment", () => {
  const types = [
    "azurerm_kubernetes_cluster",
    "azurerm_key_vault",
    "azurerm_disk_encryption_set",
    "azurerm_log_analytics_workspace",
    "azurerm_resource_group",
    "azurerm_resource_group_template_deployment",
  ];
  for (const type of types) {
    expect(all(production, type).map(({ lifecycle }) => lifecycle)).not.toContainEqual({ prevent_destroy: false });
    expect(all(small, type).map(({ lifecycle }) => lifecycle)).not.toContainEqual({ prevent_destroy: true });
  }
  expect(all(production, "azurerm_management_lock").map(({ scope }) => scope)).toEqual([
    "${azurerm_kubernetes_cluster.Cluster.id}",
    "${azurerm_storage_account.Files.id}",
  ]);
  expect(all(production, "azurerm_management_lock").map(({ lock_level }) => lock_level)).toEqual(
    Array(2).fill("CanNotDelete"),
  );
  expect(small.resource).not.toHaveProperty("azurerm_management_lock");
  expect(synthCluster({ locks: false }).resource).not.toHaveProperty("azurerm_management_lock");
});

test("accounts let in nobody without Entra, but Network Watcher", () => {
  const withKeys = Object.entries(production.resource.azurerm_storage_account ?? {}).filter(
    ([, account]) => account.shared_access_key_enabled !== false,
  );
  expect(withKeys.map(([name]) => name)).toEqual([expect.stringContaining("FlowLogs")]);
  expect(withKeys[0]?.[1].network_rules).toMatchObject({ default_action: "Deny", bypass: ["AzureServices"] });
});

test("addresses say nothing of location, version, size or count", () => {
  const elsewhere = synthCluster({
    location: "eastus2",
    kubernetesVersion: "1.35",
    nodes: { system: { vmSize: "Standard_E8s_v5", min: 2, max: 9 } },
  });
  const addresses = (json: StackJson) =>
    Object.entries(json.resource).flatMap(([type, found]) => Object.keys(found).map((name) => `${type}.${name}`));
  expect(addresses(elsewhere)).toEqual(addresses(production));
});
