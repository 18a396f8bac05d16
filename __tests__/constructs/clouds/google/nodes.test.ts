import { all, one, synthCluster } from "../../../support/google-environment";

const production = synthCluster();
const small = synthCluster({}, "small");

const names = (json: typeof production): string[] => Object.keys(json.resource.google_container_node_pool ?? {}).sort();
type Config = Readonly<Record<string, unknown>>;
const config = (pool: Config): Config => pool.node_config as Config;

describe("node pools", () => {
  test("are Container-Optimized OS on private nodes, system work apart", () => {
    expect(names(production)).toEqual(["Nodes-general", "Nodes-system"]);
    const system = one(production, "google_container_node_pool", "system");
    expect(system).toMatchObject({
      network_config: { enable_private_nodes: true },
      management: { auto_repair: true, auto_upgrade: true },
      node_config: {
        image_type: "COS_CONTAINERD",
        labels: { "goldenpath/node-group": "system" },
        taint: [{ key: "CriticalAddonsOnly", value: "true", effect: "NO_SCHEDULE" }],
      },
    });
    expect(config(one(production, "google_container_node_pool", "general"))).not.toHaveProperty("taint");
  });

  test("are larger in production", () => {
    const size = (json: typeof production, pool: string) => {
      const { node_config, autoscaling } = one(json, "google_container_node_pool", pool);
      return { machine: (node_config as Config).machine_type, ...(autoscaling as Config) };
    };
    expect(size(production, "general")).toEqual({
      machine: "n2-standard-4",
      total_min_node_count: 3,
      total_max_node_count: 12,
      location_policy: "BALANCED",
    });
    expect(size(small, "general")).toMatchObject({
      machine: "e2-standard-2",
      total_min_node_count: 2,
      total_max_node_count: 4,
    });
  });

  test("grow and shrink by the autoscaler: what they began with means nothing later", () => {
    for (const pool of all(production, "google_container_node_pool")) {
      expect(pool).toMatchObject({
        initial_node_count: 1,
        lifecycle: { create_before_destroy: true, ignore_changes: ["initial_node_count"] },
      });
      expect(pool).not.toHaveProperty("node_count");
      // It would fight with the upgrades that GKE makes.
      expect(pool).not.toHaveProperty("version");
    }
  });

  test("are over three zones, given or the region's first", () => {
    const zones = (json: typeof production) => one(json, "google_container_node_pool", "general").node_locations;
    expect(zones(production)).toEqual(["europe-west3-a", "europe-west3-b", "europe-west3-c"]);
    const belgium = synthCluster({ region: "europe-west1" });
    expect(zones(belgium)).toEqual(["europe-west1-b", "europe-west1-c", "europe-west1-d"]);
    const iowa = ["us-central1-a", "us-central1-b", "us-central1-f"];
    expect(zones(synthCluster({ region: "us-central1", network: { cidr: "10.10.0.0/16", zones: iowa } }))).toEqual(
      iowa,
    );
  });

  test("are renewed without fewer nodes than before", () => {
    for (const pool of all(production, "google_container_node_pool")) {
      expect(pool.upgrade_settings).toEqual({ strategy: "SURGE", max_surge: 1, max_unavailable: 0 });
    }
  });

  test("can be given, on ARM, on spot and on Hyperdisk", () => {
    const batch = { machineType: "c4a-standard-8", min: 1, max: 9, capacity: "spot", diskGib: 200 } as const;
    const json = synthCluster({ nodes: { pools: { batch } } });
    expect(names(json)).toEqual(["Nodes-batch", "Nodes-system"]);
    expect(one(json, "google_container_node_pool", "batch")).toMatchObject({
      autoscaling: { location_policy: "ANY", total_min_node_count: 1, total_max_node_count: 9 },
      node_config: { machine_type: "c4a-standard-8", spot: true, disk_type: "hyperdisk-balanced", disk_size_gb: 200 },
    });
    expect(config(one(json, "google_container_node_pool", "system")).disk_type).toBe("pd-balanced");
  });

  test("their names leave room for what tells a pool from its replacement", () => {
    const json = synthCluster({
      nodes: { pools: { "thirteen-char": { machineType: "n2-standard-2", min: 1, max: 2 } } },
    });
    const prefix = String(one(json, "google_container_node_pool", "thirteen").name_prefix);
    expect(prefix.length + 26).toBeLessThanOrEqual(40);
  });

  test("boot what is signed from disks under the environment's key, and show no pod the machine's identity", () => {
    for (const pool of all(production, "google_container_node_pool")) {
      expect(pool.node_config).toMatchObject({
        boot_disk_kms_key: expect.stringMatching(/Keys_disks/) as unknown,
        shielded_instance_config: { enable_secure_boot: true, enable_integrity_monitoring: true },
        workload_metadata_config: { mode: "GKE_METADATA" },
        kubelet_config: { insecure_kubelet_readonly_port_enabled: "FALSE" },
        metadata: { "disable-legacy-endpoints": "true" },
        resource_labels: { cost_center: "orders", environment: "production" },
      });
    }
  });
});

describe("the nodes' service account", () => {
  test("may write logs and metrics and pull images, no more", () => {
    expect(one(production, "google_service_account")).toMatchObject({ account_id: "production-nodes" });
    const roles = Object.entries(production.resource.google_project_iam_member ?? {})
      .filter(([name]) => name.startsWith("NodeAccount"))
      .map(([, { role }]) => role);
    expect(roles.sort()).toEqual(["roles/artifactregistry.reader", "roles/container.defaultNodeServiceAccount"]);
  });

  test("has its rights before the first node", () => {
    for (const pool of all(production, "google_container_node_pool")) {
      expect(String(pool.depends_on)).toContain("google_project_iam_member.NodeAccount_Node");
    }
  });

  test("its id fits, however long the cluster's name is", () => {
    const json = synthCluster({ clusterName: "a-cluster-with-a-name-of-forty-characters".slice(0, 40) });
    const id = String(one(json, "google_service_account").account_id);
    expect(id).toMatch(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/);
  });
});
