import { all, GOOGLE_PROPS, one, synthCluster } from "../../../support/google-environment";

const production = synthCluster();
const small = synthCluster({ endpoint: { access: "allow-list", cidrs: ["203.0.113.0/24"] } }, "small");
const autopilot = synthCluster({ nodes: { autopilot: true } });

const names = (json: typeof production, type: string): string[] => Object.keys(json.resource[type] ?? {});

describe("control plane", () => {
  test("is over a region, at 1.36 and its patches, upgraded at night before working days", () => {
    expect(one(production, "google_container_cluster")).toMatchObject({
      name: "production",
      location: "europe-west3",
      min_master_version: "1.36",
      release_channel: { channel: "REGULAR" },
      maintenance_policy: { recurring_window: { recurrence: "FREQ=WEEKLY;BYDAY=TU,WE,TH,FR" } },
    });
  });

  test("GKE takes the window: more than 48 hours in 32 days", () => {
    const { recurring_window } = one(production, "google_container_cluster").maintenance_policy as {
      recurring_window: { start_time: string; end_time: string; recurrence: string };
    };
    const hours = (Date.parse(recurring_window.end_time) - Date.parse(recurring_window.start_time)) / 3_600_000;
    const nights = recurring_window.recurrence.split("BYDAY=")[1]?.split(",").length ?? 0;
    expect(hours).toBeGreaterThanOrEqual(4);
    expect(hours * nights * 4).toBeGreaterThanOrEqual(48);
    const weekday = new Date(recurring_window.start_time).getUTCDay();
    expect(["SU", "MO", "TU", "WE", "TH", "FR", "SA"][weekday]).toBe("TU");
  });

  test("encrypts Secrets with a key of the environment, after GKE may use it", () => {
    const cluster = one(production, "google_container_cluster");
    expect(cluster.database_encryption).toEqual({
      state: "ENCRYPTED",
      key_name: expect.stringMatching(/^\$\{google_kms_crypto_key\.Keys_secrets_.+\.id\}$/) as unknown,
    });
    for (const key of ["secrets", "disks", "files"])
      expect(String(cluster.depends_on)).toContain(`time_sleep.Keys_${key}`);
    // Whoever is too early fails for good: the seven minutes that Google names.
    for (const wait of all(production, "time_sleep")) expect(wait.create_duration).toBe("420s");
  });

  test("admits named principals alone", () => {
    expect(one(production, "google_container_cluster")).toMatchObject({
      workload_identity_config: { workload_pool: "orders-production.svc.id.goog" },
      master_auth: { client_certificate_config: { issue_client_certificate: false } },
      enable_legacy_abac: false,
      anonymous_authentication_config: { mode: "LIMITED" },
      rbac_binding_config: {
        enable_insecure_binding_system_authenticated: false,
        enable_insecure_binding_system_unauthenticated: false,
      },
    });
  });

  test("runs Dataplane V2 on private, shielded nodes", () => {
    const cluster = one(production, "google_container_cluster");
    expect(cluster).toMatchObject({
      networking_mode: "VPC_NATIVE",
      datapath_provider: "ADVANCED_DATAPATH",
      enable_shielded_nodes: true,
      enable_intranode_visibility: true,
      private_cluster_config: { enable_private_nodes: true },
      ip_allocation_policy: { cluster_secondary_range_name: "pods", services_secondary_range_name: "services" },
    });
    // Dataplane V2 refuses the older switch beside it.
    expect(cluster).not.toHaveProperty("network_policy");
  });

  test("has what volumes and DNS need, and no Gateway definitions that the routing would bring as well", () => {
    expect(one(production, "google_container_cluster")).toMatchObject({
      addons_config: {
        dns_cache_config: { enabled: true },
        gce_persistent_disk_csi_driver_config: { enabled: true },
        gcp_filestore_csi_driver_config: { enabled: true },
        http_load_balancing: { disabled: false },
      },
      gateway_api_config: { channel: "CHANNEL_DISABLED" },
    });
  });

  test("logs control plane and pods, and leaves metrics that are paid for to the environment", () => {
    const { logging_config, monitoring_config } = one(production, "google_container_cluster");
    expect((logging_config as { enable_components: string[] }).enable_components.sort()).toEqual([
      "APISERVER",
      "CONTROLLER_MANAGER",
      "SCHEDULER",
      "SYSTEM_COMPONENTS",
      "WORKLOADS",
    ]);
    expect(monitoring_config).toMatchObject({
      enable_components: ["SYSTEM_COMPONENTS"],
      managed_prometheus: { enabled: false },
    });
  });

  test("is protected in production, deletable in a small environment", () => {
    expect(one(production, "google_container_cluster")).toMatchObject({
      deletion_protection: true,
      lifecycle: { prevent_destroy: true },
    });
    expect(one(small, "google_container_cluster")).toMatchObject({
      deletion_protection: false,
      lifecycle: { prevent_destroy: false },
    });
  });

  test("its first pool, gone at once, is as the others: an organisation may refuse Google's defaults", () => {
    const cluster = one(production, "google_container_cluster");
    expect(cluster).toMatchObject({
      remove_default_node_pool: true,
      initial_node_count: 1,
      node_config: {
        machine_type: "n2-standard-2",
        disk_size_gb: 20,
        service_account: "${google_service_account.NodeAccount.email}",
        workload_metadata_config: { mode: "GKE_METADATA" },
      },
    });
    // One node, not one in each zone.
    expect(cluster.node_locations).toEqual(["europe-west3-a"]);
    // Of a pool that is gone: a difference would replace the cluster, or move the nodes of every pool.
    const { ignore_changes: ignored } = cluster.lifecycle as { readonly ignore_changes: readonly string[] };
    expect(ignored).toEqual(expect.arrayContaining(["node_config", "node_locations"]));
  });

  test("keeps what the provider can only take away with the cluster", () => {
    const leftAlone = (json: typeof production) => one(json, "google_container_cluster").lifecycle;
    const switches = ["enable_l4_ilb_subsetting", "enable_fqdn_network_policy"];
    for (const json of [production, small, synthCluster({ nodes: { autopilot: true } })]) {
      expect(leftAlone(json)).toMatchObject({ ignore_changes: ["node_config", "node_locations", ...switches] });
    }
    // Asked for, it is switched on.
    expect(leftAlone(synthCluster({ policiesByName: "beside" }))).toMatchObject({
      ignore_changes: ["node_config", "node_locations", "enable_l4_ilb_subsetting"],
    });
  });

  test("tells of upgrades and bulletins on a topic", () => {
    expect(one(production, "google_pubsub_topic").name).toBe("production-notifications");
    expect(one(production, "google_container_cluster").notification_config).toEqual({
      pubsub: { enabled: true, topic: "${google_pubsub_topic.Notifications.id}" },
    });
  });

  test("keeps to its own defaults by name, channel and version", () => {
    const json = synthCluster({ clusterName: "shared", kubernetesVersion: "1.34", releaseChannel: "EXTENDED" });
    expect(one(json, "google_container_cluster")).toMatchObject({
      name: "shared",
      min_master_version: "1.34",
      release_channel: { channel: "EXTENDED" },
    });
    expect(one(json, "google_compute_network").name).toBe("shared");
  });
});

describe("reach of the Kubernetes API", () => {
  const reach = (json: typeof production): Readonly<Record<string, unknown>> => {
    const cluster = one(json, "google_container_cluster");
    return {
      endpoint: (cluster.private_cluster_config as { enable_private_endpoint: boolean }).enable_private_endpoint,
      ...(cluster.master_authorized_networks_config as Record<string, unknown>),
      dns: cluster.control_plane_endpoints_config,
    };
  };
  const network = { display_name: "network", cidr_block: "10.10.0.0/16" };

  test("private: from the network alone, checked at the private address too", () => {
    expect(reach(production)).toEqual({
      endpoint: true,
      cidr_blocks: [network],
      gcp_public_cidrs_access_enabled: false,
      private_endpoint_enforcement_enabled: true,
      dns: { dns_endpoint_config: { allow_external_traffic: false } },
    });
    const given = synthCluster({ endpoint: { access: "private", cidrs: ["10.99.0.0/16"] } });
    expect(reach(given).cidr_blocks).toEqual([network, { display_name: "10.99.0.0/16", cidr_block: "10.99.0.0/16" }]);
  });

  test("allow-list: a public address for the listed blocks, and no other machine of Google Cloud", () => {
    expect(reach(small)).toMatchObject({
      endpoint: false,
      cidr_blocks: [network, { display_name: "203.0.113.0/24", cidr_block: "203.0.113.0/24" }],
      gcp_public_cidrs_access_enabled: false,
    });
  });

  test("the control plane's address is in a subnet of its own", () => {
    const { private_endpoint_subnetwork } = one(production, "google_container_cluster").private_cluster_config as {
      private_endpoint_subnetwork: string;
    };
    expect(private_endpoint_subnetwork).toContain("ControlPlane");
    expect(one(production, "google_compute_subnetwork", "ControlPlane").ip_cidr_range).toBe("10.10.208.0/28");
  });
});

describe("Autopilot", () => {
  const cluster = one(autopilot, "google_container_cluster");

  test("is one switch, and asks for nothing that Autopilot refuses", () => {
    expect(cluster.enable_autopilot).toBe(true);
    // ConflictsWith `enable_autopilot` in the provider.
    for (const field of [
      "remove_default_node_pool",
      "enable_shielded_nodes",
      "enable_intranode_visibility",
      "default_max_pods_per_node",
      "network_policy",
      "node_config",
      "node_locations",
      "initial_node_count",
    ]) {
      expect(cluster).not.toHaveProperty(field);
    }
    expect(cluster.addons_config).toEqual({ gcp_filestore_csi_driver_config: { enabled: true } });
    expect(cluster.cluster_autoscaling).not.toHaveProperty("enabled");
    expect(names(autopilot, "google_container_node_pool")).toEqual([]);
  });

  test("its machines have our service account and key", () => {
    expect(cluster.cluster_autoscaling).toMatchObject({
      auto_provisioning_defaults: {
        service_account: "${google_service_account.NodeAccount.email}",
        boot_disk_kms_key: expect.stringMatching(/Keys_disks/) as unknown,
      },
    });
  });

  test("is as closed as Standard", () => {
    const standard = one(production, "google_container_cluster");
    for (const field of [
      "private_cluster_config",
      "master_authorized_networks_config",
      "database_encryption",
      "rbac_binding_config",
      "anonymous_authentication_config",
      "workload_identity_config",
      "maintenance_policy",
    ]) {
      expect(cluster[field]).toEqual(standard[field]);
    }
  });
});

describe("keys", () => {
  test("each has one purpose and one user, and is renewed every 90 days", () => {
    const key = { rotation_period: "7776000s", purpose: "ENCRYPT_DECRYPT" };
    const keys = all(production, "google_kms_crypto_key");
    expect(keys.map(({ name }) => name).sort()).toEqual(["disks", "files", "logs", "secrets"]);
    for (const each of keys) expect(each).toMatchObject({ ...key, lifecycle: { prevent_destroy: true } });
    expect(
      all(production, "google_kms_crypto_key_iam_member").map(({ member }) =>
        String(member).replace(/.*-\$\{.*\}/, ""),
      ),
    ).toEqual(
      expect.arrayContaining([
        "@container-engine-robot.iam.gserviceaccount.com",
        "@compute-system.iam.gserviceaccount.com",
        "@cloud-filer.iam.gserviceaccount.com",
      ]),
    );
  });

  test("no change of what is protected makes another key, under a name that is taken for ever", () => {
    const keys = (json: typeof production) =>
      all(json, "google_kms_crypto_key").map(({ lifecycle, ...key }) => ({ key, lifecycle }));
    expect(keys(small).map(({ key }) => key)).toEqual(keys(production).map(({ key }) => key));
    for (const { key, lifecycle } of keys(small)) {
      // A key has it for ever. Left to Google it is 30 days, and a key that was made with another keeps that.
      expect(key).not.toHaveProperty("destroy_scheduled_duration");
      expect(lifecycle).toEqual({ prevent_destroy: false });
    }
  });

  test("the ring has a name that was never used: Google gives none away twice", () => {
    expect(one(production, "google_kms_key_ring")).toMatchObject({
      name: "production-${random_id.Suffix.hex}",
      location: "europe-west3",
    });
  });
});

describe("logs", () => {
  test("of cluster, network and data services are in a bucket of their own, encrypted, for a year in production", () => {
    expect(one(production, "google_logging_project_bucket_config")).toMatchObject({
      bucket_id: "production-${random_id.Suffix.hex}",
      location: "europe-west3",
      retention_days: 365,
      cmek_settings: { kms_key_name: expect.stringContaining("Logs_Key") as unknown },
    });
    expect(one(small, "google_logging_project_bucket_config").retention_days).toBe(90);
    const given = synthCluster({ logRetentionDays: 30 });
    expect(one(given, "google_logging_project_bucket_config").retention_days).toBe(30);
  });

  test("leave the project's own bucket only by the same filter, and only once there is a way to the other", () => {
    const sink = one(production, "google_logging_project_sink");
    const exclusion = one(production, "google_logging_project_exclusion");
    expect(exclusion.filter).toBe(sink.filter);
    expect(exclusion.depends_on).toEqual([expect.stringMatching(/^google_logging_project_sink\./)]);
    expect(sink.destination).toMatch(/^logging\.googleapis\.com\/\$\{google_logging_project_bucket_config\..+\.id\}$/);
    const filter = String(sink.filter);
    expect(filter).toContain('resource.labels.cluster_name="production"');
    expect(filter).toContain('resource.labels.subnetwork_name="production-nodes"');
    expect(filter).toContain('resource.labels.gateway_name="production-nat"');
    expect(filter).toContain('resource.labels.database_id=~"^orders-production:production-"');
  });

  test("the names in the filter are those of the resources", () => {
    const filter = String(one(production, "google_logging_project_sink").filter);
    expect(filter).toContain(`"${String(one(production, "google_compute_router_nat").name)}"`);
    expect(filter).toContain(`"${String(one(production, "google_compute_subnetwork", "Nodes").name)}"`);
  });
});

describe("access", () => {
  const json = synthCluster({
    access: {
      deployers: [
        "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/attribute.repository/o/r",
      ],
      administrators: ["group:platform@example.com"],
      viewers: ["user:dev@example.com"],
      planners: ["serviceAccount:plan@example.iam.gserviceaccount.com"],
    },
  });
  const grants = Object.entries(json.resource.google_project_iam_member ?? {})
    .filter(([name]) => name.startsWith("Access"))
    .map(([, grant]) => grant);
  const roles = (of: string): unknown[] => grants.filter(({ member }) => member === of).map(({ role }) => role);

  test.each([
    [
      "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/attribute.repository/o/r",
      "roles/container.admin",
    ],
    ["group:platform@example.com", "roles/container.admin"],
    ["user:dev@example.com", "roles/container.viewer"],
  ])("%s has %s in the project: viewers read all but Secrets", (member, role) => {
    expect(roles(member)).toEqual([role]);
  });

  test("planners read Secrets too, by a role that cannot write", () => {
    const [name, role] = Object.entries(json.resource.google_project_iam_custom_role ?? {})[0] ?? [];
    expect(roles("serviceAccount:plan@example.iam.gserviceaccount.com").sort()).toEqual([
      `\${google_project_iam_custom_role.${name}.name}`,
      "roles/container.viewer",
    ]);
    expect(role?.permissions).toEqual(["container.secrets.get", "container.secrets.list"]);
  });

  test("without planners there is no role of the environment's own", () => {
    expect(production.resource.google_project_iam_custom_role).toBeUndefined();
  });

  test("the order of a list means nothing", () => {
    const two = ["user:a@example.com", "user:b@example.com"];
    const given = (administrators: string[]) => synthCluster({ access: { ...GOOGLE_PROPS.access, administrators } });
    expect(given(two).resource.google_project_iam_member).toEqual(
      given([...two].reverse()).resource.google_project_iam_member,
    );
  });
});

describe("APIs", () => {
  test("are switched on, never off, and before anything that needs them", () => {
    const services = all(production, "google_project_service");
    expect(services.map(({ service }) => service)).toEqual(
      expect.arrayContaining([
        "container.googleapis.com",
        "file.googleapis.com",
        "servicenetworking.googleapis.com",
        "sqladmin.googleapis.com",
        "secretmanager.googleapis.com",
      ]),
    );
    for (const service of services) expect(service.disable_on_destroy).toBe(false);
    for (const type of ["google_compute_network", "google_kms_key_ring", "google_service_account"]) {
      expect(String(one(production, type).depends_on)).toContain("google_project_service.Apis_container");
    }
  });
});
