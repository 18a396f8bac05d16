import { all, one, synthCluster } from "../../../support/google-environment";

const production = synthCluster();
const small = synthCluster({}, "small");

describe("network", () => {
  test("has no subnets and no rules of Google's making", () => {
    expect(one(production, "google_compute_network")).toMatchObject({
      name: "production",
      auto_create_subnetworks: false,
      routing_mode: "REGIONAL",
    });
  });

  test("nodes, pods and Services are in one subnet, which reaches Google's APIs and logs who talks to whom", () => {
    expect(one(production, "google_compute_subnetwork", "Nodes")).toMatchObject({
      name: "production-nodes",
      region: "europe-west3",
      ip_cidr_range: "10.10.192.0/20",
      secondary_ip_range: [
        { range_name: "pods", ip_cidr_range: "10.10.0.0/17" },
        { range_name: "services", ip_cidr_range: "10.10.128.0/19" },
      ],
      private_ip_google_access: true,
      log_config: { aggregation_interval: "INTERVAL_1_MIN", metadata: "INCLUDE_ALL_METADATA" },
    });
  });

  test("data services have addresses in a block that is known beforehand", () => {
    expect(one(production, "google_compute_global_address")).toMatchObject({
      name: "production-data",
      purpose: "VPC_PEERING",
      address_type: "INTERNAL",
      address: "10.10.160.0",
      prefix_length: 19,
    });
    expect(one(production, "google_service_networking_connection")).toMatchObject({
      service: "servicenetworking.googleapis.com",
      reserved_peering_ranges: [expect.stringMatching(/^\$\{google_compute_global_address\..+\.name\}$/)],
    });
  });
});

describe("the peering with Google's data services", () => {
  const policy = (stack: typeof production) => one(stack, "google_service_networking_connection").deletion_policy;

  test("stays behind where Google would refuse to part from it, and is held on to in a protected environment", () => {
    expect(policy(small)).toBe("ABANDON");
    expect(policy(production)).toBeUndefined();
  });
});

describe("egress", () => {
  test("is Cloud NAT for the nodes' subnet alone, by addresses that stay, and logs what failed", () => {
    const nat = one(production, "google_compute_router_nat");
    expect(nat).toMatchObject({
      nat_ip_allocate_option: "MANUAL_ONLY",
      source_subnetwork_ip_ranges_to_nat: "LIST_OF_SUBNETWORKS",
      enable_dynamic_port_allocation: true,
      log_config: { enable: true, filter: "ERRORS_ONLY" },
    });
    expect(nat.subnetwork).toEqual([
      { name: expect.stringContaining("Nodes") as unknown, source_ip_ranges_to_nat: ["ALL_IP_RANGES"] },
    ]);
    // The provider refuses both together.
    expect(nat.enable_endpoint_independent_mapping).toBe(false);
  });

  test("has two addresses in production, one in a small environment, and as many as are given", () => {
    const addresses = (json: typeof production) => all(json, "google_compute_address").map(({ name }) => name);
    expect(addresses(production)).toEqual(["production-nat-a", "production-nat-b"]);
    expect(addresses(small)).toEqual(["staging-nat-a"]);
    const four = synthCluster({ network: { cidr: "10.10.0.0/16", natAddresses: 4 } });
    expect(addresses(four)).toHaveLength(4);
    expect(Object.keys(four.resource.google_compute_address ?? {})).toEqual(
      expect.arrayContaining(Object.keys(production.resource.google_compute_address ?? {})),
    );
  });

  test("is there before the first node", () => {
    for (const pool of [
      ...all(production, "google_container_node_pool"),
      one(production, "google_container_cluster"),
    ]) {
      expect(String(pool.depends_on)).toContain("google_compute_router_nat.");
    }
  });
});

describe("firewall", () => {
  test("lets the control plane reach webhooks and nobody else in, and tells of whom it refused", () => {
    const rules = all(production, "google_compute_firewall");
    expect(rules.map(({ name }) => name).sort()).toEqual(["production-refused", "production-webhooks"]);
    expect(one(production, "google_compute_firewall", "Webhooks")).toMatchObject({
      source_ranges: ["10.10.208.0/28"],
      destination_ranges: ["10.10.192.0/20", "10.10.0.0/17"],
      allow: [{ protocol: "tcp", ports: ["8443", "9443"] }],
    });
    expect(one(production, "google_compute_firewall", "Refused")).toMatchObject({
      priority: 65534,
      source_ranges: ["0.0.0.0/0"],
      deny: [{ protocol: "all" }],
    });
    for (const rule of rules) {
      expect(rule.direction).toBe("INGRESS");
      expect(rule.log_config).toEqual({ metadata: "INCLUDE_ALL_METADATA" });
    }
  });

  test("no rule of ours lets the internet in", () => {
    const open = all(production, "google_compute_firewall").filter(
      ({ allow, source_ranges }) => allow !== undefined && String(source_ranges).includes("0.0.0.0/0"),
    );
    expect(open).toEqual([]);
  });
});
