import { synthCluster } from "../../../support/azure-environment";
import { all, one, type StackJson } from "../../../support/cloud-environment";

const production = synthCluster();
const small = synthCluster({}, "small");

type Json = Readonly<Record<string, unknown>>;

const first = (json: StackJson): Json => one(json, "azurerm_kubernetes_cluster").default_node_pool as Json;
const every = (json: StackJson): Json[] => [first(json), ...all(json, "azurerm_kubernetes_cluster_node_pool")];

test("each pool stands in one zone and in that zone's subnet", () => {
  expect(every(production).map(({ name, zones }) => [name, zones])).toEqual([
    ["system1", ["1"]],
    ["general1", ["1"]],
    ["general2", ["2"]],
    ["general3", ["3"]],
    ["system2", ["2"]],
    ["system3", ["3"]],
  ]);
  for (const { zones, vnet_subnet_id } of every(production)) {
    expect(String(vnet_subnet_id)).toContain(`Zone${(zones as string[])[0] ?? ""}_Nodes`);
  }
  expect(every(small).map(({ name }) => name)).toEqual(["system1", "general1", "general2", "system2"]);
});

test("system nodes are for add-ons, wherever they stand", () => {
  expect(first(production)).toMatchObject({
    only_critical_addons_enabled: true,
    node_labels: { "goldenpath/node-group": "system" },
  });
  expect(one(production, "azurerm_kubernetes_cluster_node_pool", "Nodes-system_Zone2")).toMatchObject({
    mode: "System",
    node_taints: ["CriticalAddonsOnly=true:NoSchedule"],
    node_labels: { "goldenpath/node-group": "system" },
  });
  const general = one(production, "azurerm_kubernetes_cluster_node_pool", "Nodes-general_Zone1");
  expect(general).toMatchObject({ mode: "User", node_labels: { "goldenpath/node-group": "general" } });
  expect(general).not.toHaveProperty("node_taints");
});

test("grow and shrink with their pods, and are larger in production", () => {
  const size = (json: StackJson) =>
    every(json).map(
      ({ vm_size, min_count, max_count }) => `${String(vm_size)} ${String(min_count)}-${String(max_count)}`,
    );
  expect(new Set(size(production))).toEqual(new Set(["Standard_D4s_v5 1-3", "Standard_D4s_v5 1-4"]));
  expect(new Set(size(small))).toEqual(new Set(["Standard_D2s_v5 1-2", "Standard_D2s_v5 0-3"]));
  for (const pool of every(production)) {
    expect(pool.auto_scaling_enabled).toBe(true);
    // The autoscaler's: nothing of ours to go back to.
    expect(pool).not.toHaveProperty("node_count");
  }
  expect(one(production, "azurerm_kubernetes_cluster").auto_scaler_profile).toMatchObject({
    balance_similar_node_groups: true,
    skip_nodes_with_local_storage: false,
  });
});

test("are Azure Linux of the cluster's version, on encrypted disks, without addresses of their own", () => {
  for (const pool of every(production)) {
    expect(pool).toMatchObject({
      os_sku: "AzureLinux",
      orchestrator_version: "1.36",
      os_disk_type: "Managed",
      host_encryption_enabled: true,
      node_public_ip_enabled: false,
      upgrade_settings: { max_surge: "33%", drain_timeout_in_minutes: 30 },
    });
  }
  expect(every(synthCluster({ kubernetesVersion: "1.35" })).map((pool) => pool.orchestrator_version)).toEqual(
    Array(6).fill("1.35"),
  );
  expect(every(synthCluster({ nodes: { hostEncryption: false } })).map((pool) => pool.host_encryption_enabled)).toEqual(
    Array(6).fill(false),
  );
});

test("pods have somewhere to be while another size replaces a pool", () => {
  const standIns = every(production).map((pool) => pool.temporary_name_for_rotation);
  expect(new Set(standIns).size).toBe(6);
});

test("pools that are given take the place of `general`", () => {
  const jobs = { vmSize: "Standard_D8ps_v6", min: 0, max: 5, diskGib: 256 };
  const json = synthCluster({ nodes: { pools: { jobs } } });
  expect(every(json).map(({ name }) => name)).toEqual(["system1", "jobs1", "jobs2", "jobs3", "system2", "system3"]);
  expect(one(json, "azurerm_kubernetes_cluster_node_pool", "Nodes-jobs_Zone3")).toMatchObject({
    vm_size: "Standard_D8ps_v6",
    min_count: 0,
    max_count: 5,
    os_disk_size_gb: 256,
  });
});
