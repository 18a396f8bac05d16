import { statements } from "../../../support/aws-application";
import { all, one, synthCluster } from "../../../support/aws-environment";

const production = synthCluster();
const small = synthCluster({ endpoint: { access: "allow-list", cidrs: ["203.0.113.0/24"] } }, "small");
const auto = synthCluster({ nodes: { autoMode: true } });

const names = (json: typeof production, type: string): string[] => Object.keys(json.resource[type] ?? {});

describe("network", () => {
  test("three zones by id, three tiers, no address public by itself", () => {
    const subnets = all(production, "aws_subnet");
    expect(subnets).toHaveLength(9);
    expect(new Set(subnets.map((subnet) => subnet.availability_zone_id))).toEqual(
      new Set(["euc1-az1", "euc1-az2", "euc1-az3"]),
    );
    expect(subnets.every((subnet) => subnet.map_public_ip_on_launch === false)).toBe(true);
  });

  test("load balancers find their subnets by tag, and never the data subnets", () => {
    expect(one(production, "aws_subnet", "ZoneA_Public").tags).toMatchObject({
      "kubernetes.io/role/elb": "1",
      "kubernetes.io/cluster/production": "shared",
      "goldenpath:tier": "public",
    });
    expect(one(production, "aws_subnet", "ZoneA_Private").tags).toMatchObject({
      "kubernetes.io/role/internal-elb": "1",
      "goldenpath:tier": "private",
    });
    expect(one(production, "aws_subnet", "ZoneA_Data").tags).toEqual({
      Name: "production-data-a",
      "goldenpath:tier": "data",
    });
  });

  test("production has a NAT gateway in each zone, a small environment one for all", () => {
    expect(all(production, "aws_nat_gateway")).toHaveLength(3);
    const routes = all(production, "aws_route").map((route) => route.nat_gateway_id);
    expect(new Set(routes.filter((id) => id !== undefined)).size).toBe(3);

    const [nat] = names(small, "aws_nat_gateway");
    expect(all(small, "aws_nat_gateway")).toHaveLength(1);
    const shared = all(small, "aws_route").filter((route) => route.nat_gateway_id !== undefined);
    expect(shared.map((route) => route.nat_gateway_id)).toEqual(Array(3).fill(`\${aws_nat_gateway.${nat ?? ""}.id}`));
  });

  test("data subnets have no route out", () => {
    const table = names(production, "aws_route_table").find((name) => name.includes("DataRoutes")) ?? "";
    const ways = all(production, "aws_route").map((route) => String(route.route_table_id));
    expect(ways.filter((id) => id.includes(table))).toEqual([]);
    const association = one(production, "aws_route_table_association", "ZoneB_Data");
    expect(association.route_table_id).toBe(`\${aws_route_table.${table}.id}`);
  });

  test("the default security group has no rules", () => {
    const group = one(production, "aws_default_security_group");
    expect(group).not.toHaveProperty("ingress");
    expect(group).not.toHaveProperty("egress");
  });

  test("all traffic is logged, encrypted and for a while", () => {
    expect(one(production, "aws_flow_log")).toMatchObject({
      traffic_type: "ALL",
      log_destination_type: "cloud-watch-logs",
      max_aggregation_interval: 60,
    });
    expect(one(production, "aws_cloudwatch_log_group", "FlowLogs")).toMatchObject({
      name: "/aws/vpc/production/flow-logs",
      retention_in_days: 90,
      kms_key_id: "${aws_kms_key.LogKey.arn}",
    });
    expect(one(production, "aws_kms_key", "LogKey").policy).toContain("logs.eu-central-1.amazonaws.com");
  });

  test("production reaches AWS without leaving the VPC; a small environment pays for S3's free way only", () => {
    const services = (json: typeof production) => all(json, "aws_vpc_endpoint").map((e) => String(e.service_name));
    expect(services(small)).toEqual(["com.amazonaws.eu-central-1.s3"]);
    for (const service of ["s3", "ecr.api", "ecr.dkr", "sts", "logs", "secretsmanager", "kms", "eks", "eks-auth"]) {
      expect(services(production)).toContain(`com.amazonaws.eu-central-1.${service}`);
    }
    const interfaces = all(production, "aws_vpc_endpoint").filter((e) => e.vpc_endpoint_type === "Interface");
    expect(interfaces.every((e) => e.private_dns_enabled === true)).toBe(true);
  });
});

describe("control plane", () => {
  test("stays in the first three zones when nodes and data get a fourth", () => {
    const zones = ["euc1-az1", "euc1-az2", "euc1-az3", "euc1-az4"];
    const json = synthCluster({ network: { cidr: "10.10.0.0/16", zones } });
    const subnets = one(json, "aws_eks_cluster").vpc_config;
    expect(subnets).toEqual(one(production, "aws_eks_cluster").vpc_config);
    expect(one(json, "aws_eks_node_group", "general").subnet_ids).toHaveLength(4);
    expect(all(json, "aws_efs_mount_target")).toHaveLength(4);
  });

  test("is 1.36 in standard support, logs everything, encrypts Secrets and admits by access entries alone", () => {
    expect(one(production, "aws_eks_cluster")).toMatchObject({
      name: "production",
      version: "1.36",
      bootstrap_self_managed_addons: false,
      enabled_cluster_log_types: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      access_config: { authentication_mode: "API", bootstrap_cluster_creator_admin_permissions: false },
      encryption_config: { resources: ["secrets"] },
      upgrade_policy: { support_type: "STANDARD" },
      kubernetes_network_config: { service_ipv4_cidr: "172.20.0.0/16" },
    });
    expect(one(production, "aws_kms_key", "SecretsKey")).toMatchObject({ enable_key_rotation: true });
  });

  test("its log group exists before it, with retention and a key", () => {
    const group = names(production, "aws_cloudwatch_log_group").find((name) => name.startsWith("Cluster")) ?? "";
    expect(one(production, "aws_cloudwatch_log_group", group)).toMatchObject({
      name: "/aws/eks/production/cluster",
      retention_in_days: 90,
      kms_key_id: "${aws_kms_key.LogKey.arn}",
    });
    expect(one(production, "aws_eks_cluster").depends_on).toContain(`aws_cloudwatch_log_group.${group}`);
  });

  test("protected in production, deletable in a small environment", () => {
    for (const type of ["aws_eks_cluster", "aws_efs_file_system", "aws_kms_key"]) {
      expect(all(production, type).map((r) => r.lifecycle)).not.toContainEqual({ prevent_destroy: false });
      expect(all(small, type).map((r) => r.lifecycle)).not.toContainEqual({ prevent_destroy: true });
    }
    expect(one(production, "aws_eks_cluster").deletion_protection).toBe(true);
    expect(one(small, "aws_eks_cluster").deletion_protection).toBe(false);
    expect(all(production, "aws_kms_key").map((key) => key.deletion_window_in_days)).toEqual([30, 30, 30]);
  });

  test("a private endpoint admits the VPC on 443", () => {
    expect(one(production, "aws_eks_cluster").vpc_config).toMatchObject({
      endpoint_private_access: true,
      endpoint_public_access: false,
    });
    expect(one(production, "aws_vpc_security_group_ingress_rule", "Cluster")).toMatchObject({
      cidr_ipv4: "10.10.0.0/16",
      from_port: 443,
      to_port: 443,
    });
    const connected = synthCluster({ endpoint: { access: "private", cidrs: ["10.99.0.0/16"] } });
    expect(one(connected, "aws_vpc_security_group_ingress_rule", "Cluster").cidr_ipv4).toBe("10.99.0.0/16");
  });

  test("an allow-listed endpoint is public for the list alone", () => {
    expect(one(small, "aws_eks_cluster").vpc_config).toMatchObject({
      endpoint_private_access: true,
      endpoint_public_access: true,
      public_access_cidrs: ["203.0.113.0/24"],
    });
  });

  test("nothing in the stack is open to the world", () => {
    for (const json of [production, small, auto]) {
      const rules = all(json, "aws_vpc_security_group_ingress_rule");
      expect(rules.filter((rule) => rule.cidr_ipv4 === "0.0.0.0/0")).toEqual([]);
    }
  });
});

describe("access", () => {
  const json = synthCluster({
    access: {
      deployers: ["arn:aws:iam::123456789012:role/ci"],
      administrators: ["arn:aws:iam::123456789012:user/ann"],
      viewers: ["arn:aws:iam::123456789012:role/team"],
    },
  });

  test.each([
    ["role--ci", "AmazonEKSClusterAdminPolicy"],
    ["user--ann", "AmazonEKSClusterAdminPolicy"],
    ["role--team", "AmazonEKSViewPolicy"],
  ])("%s has %s", (principal, policy) => {
    expect(one(json, "aws_eks_access_entry", principal)).toMatchObject({ type: "STANDARD" });
    expect(one(json, "aws_eks_access_policy_association", principal)).toMatchObject({
      policy_arn: `arn:aws:eks::aws:cluster-access-policy/${policy}`,
      access_scope: { type: "cluster" },
    });
  });
});

describe("managed nodes", () => {
  test("are Bottlerocket in private subnets, system work apart", () => {
    const system = one(production, "aws_eks_node_group", "system");
    expect(system).toMatchObject({
      ami_type: "BOTTLEROCKET_x86_64",
      taint: [{ key: "CriticalAddonsOnly", value: "true", effect: "NO_SCHEDULE" }],
      labels: { "goldenpath/node-group": "system" },
      node_repair_config: { enabled: true },
    });
    expect(String(system.subnet_ids)).not.toMatch(/Public|Data/);
    expect(one(production, "aws_eks_node_group", "general")).not.toHaveProperty("taint");
  });

  test("are larger in production", () => {
    const size = (json: typeof production, group: string) => {
      const { instance_types, scaling_config } = one(json, "aws_eks_node_group", group);
      return { instance_types, scaling_config };
    };
    expect(size(production, "general")).toEqual({
      instance_types: ["m7i.xlarge"],
      scaling_config: { min_size: 3, max_size: 12, desired_size: 3 },
    });
    expect(size(small, "general")).toEqual({
      instance_types: ["t3.large"],
      scaling_config: { min_size: 2, max_size: 4, desired_size: 2 },
    });
  });

  test("have the size that is given: nothing else sets it, so raising `min` moves the desired size too", () => {
    const general = { instanceTypes: ["m7i.large"], min: 5, max: 9 };
    const group = one(synthCluster({ nodes: { groups: { general } } }), "aws_eks_node_group", "general");
    expect(group.scaling_config).toEqual({ min_size: 5, max_size: 9, desired_size: 5 });
    expect(group.lifecycle).toEqual({ create_before_destroy: true });
  });

  test("follow the newest image of their Kubernetes version and processor", () => {
    const arm = { instanceTypes: ["m7g.large"], min: 1, max: 2 };
    const json = synthCluster({ kubernetesVersion: "1.35", nodes: { groups: { arm } } });
    const image = (group: string): unknown => {
      const [, name] =
        /^\$\{data\.aws_ssm_parameter\.(.+)\.insecure_value\}$/.exec(
          String(one(json, "aws_eks_node_group", group).release_version),
        ) ?? [];
      return json.data?.aws_ssm_parameter?.[name ?? ""]?.name;
    };
    expect(image("arm")).toBe("/aws/service/bottlerocket/aws-k8s-1.35/arm64/latest/image_version");
    expect(image("system")).toBe("/aws/service/bottlerocket/aws-k8s-1.35/x86_64/latest/image_version");
  });

  test("can be given, on ARM and on spot", () => {
    const batch = { instanceTypes: ["m7g.large", "r7g.large"], min: 1, max: 9, capacity: "spot" } as const;
    const json = synthCluster({ nodes: { groups: { batch } } });
    expect(names(json, "aws_eks_node_group").sort()).toEqual(["Nodes-batch", "Nodes-system"]);
    expect(one(json, "aws_eks_node_group", "batch")).toMatchObject({
      ami_type: "BOTTLEROCKET_ARM_64",
      capacity_type: "SPOT",
    });
  });

  test("give pods no way to the node's credentials, encrypt disks and tag machines", () => {
    const template = one(production, "aws_launch_template", "general");
    expect(template).toMatchObject({
      name: "production-general",
      metadata_options: { http_tokens: "required", http_put_response_hop_limit: 1 },
      block_device_mappings: [
        { device_name: "/dev/xvda", ebs: { encrypted: "true", volume_type: "gp3" } },
        { device_name: "/dev/xvdb", ebs: { encrypted: "true", volume_type: "gp3", volume_size: 100 } },
      ],
    });
    expect(JSON.stringify(template.tag_specifications)).toContain('"cost-center":"orders"');
  });

  test("may join the cluster and pull images, no more", () => {
    expect(names(production, "aws_iam_role_policy_attachment").filter((name) => name.startsWith("NodeRole"))).toEqual([
      expect.stringContaining("AmazonEC2ContainerRegistryPullOnly"),
      expect.stringContaining("AmazonEKSWorkerNodePolicy"),
    ]);
  });
});

describe("add-ons", () => {
  const after = (addon: string): string => String(one(production, "aws_eks_addon", addon).depends_on);

  test("network, proxy and identity come before the nodes, DNS and storage after", () => {
    const nodes = String(one(production, "aws_eks_node_group", "general").depends_on);
    for (const addon of ["vpc-cni", "kube-proxy", "eks-pod-identity-agent"]) {
      expect(nodes).toContain(`aws_eks_addon.Addons_${addon}`);
      expect(after(addon)).not.toContain("aws_eks_node_group");
    }
    expect(after("vpc-cni")).toContain("aws_eks_addon.Addons_eks-pod-identity-agent");
    expect(nodes).toContain("PrivateEgress");
    for (const addon of ["coredns", "aws-ebs-csi-driver", "aws-efs-csi-driver"]) {
      expect(after(addon)).toContain("aws_eks_node_group.Nodes-system");
    }
  });

  test.each([production, auto])("an upgrade of Kubernetes carries every one along (%#)", (json) => {
    for (const addon of all(json, "aws_eks_addon")) {
      const [, name] = /^\$\{data\.aws_eks_addon_version\.(.+)\.version\}$/.exec(String(addon.addon_version)) ?? [];
      expect(json.data?.aws_eks_addon_version?.[name ?? ""]).toMatchObject({
        addon_name: addon.addon_name,
        kubernetes_version: "1.36",
        most_recent: false,
      });
    }
  });

  test("network policies are enforced", () => {
    const cni = one(production, "aws_eks_addon", "vpc-cni");
    expect(JSON.parse(String(cni.configuration_values))).toEqual({ enableNetworkPolicy: "true" });
  });

  test("DNS runs on system nodes and over the zones", () => {
    const values: unknown = JSON.parse(String(one(production, "aws_eks_addon", "coredns").configuration_values));
    expect(values).toMatchObject({
      tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
      topologySpreadConstraints: [{ topologyKey: "topology.kubernetes.io/zone" }],
    });
  });

  test.each([
    ["vpc-cni", "aws-node", "AmazonEKS_CNI_Policy"],
    ["aws-ebs-csi-driver", "ebs-csi-controller-sa", "AmazonEBSCSIDriverPolicy"],
    ["aws-efs-csi-driver", "efs-csi-controller-sa", "AmazonEFSCSIDriverPolicy"],
  ])("%s has rights of its own, for %s", (addon, service_account, policy) => {
    const role = names(production, "aws_iam_role").find((name) => name.includes(addon)) ?? "";
    expect(one(production, "aws_eks_addon", addon).pod_identity_association).toEqual([
      { service_account, role_arn: `\${aws_iam_role.${role}.arn}` },
    ]);
    expect(one(production, "aws_iam_role", addon).assume_role_policy).toContain("pods.eks.amazonaws.com");
    expect(one(production, "aws_iam_role_policy_attachment", addon).policy_arn).toContain(policy);
  });
});

describe("Auto Mode", () => {
  test("turns the three switches on together", () => {
    expect(one(auto, "aws_eks_cluster")).toMatchObject({
      compute_config: { enabled: true, node_pools: ["general-purpose", "system"] },
      kubernetes_network_config: { elastic_load_balancing: { enabled: true } },
      storage_config: { block_storage: { enabled: true } },
    });
    expect(one(production, "aws_eks_cluster")).toMatchObject({
      compute_config: { enabled: false },
      kubernetes_network_config: { elastic_load_balancing: { enabled: false } },
      storage_config: { block_storage: { enabled: false } },
    });
  });

  test("has no node groups and, but for shared files, no add-ons", () => {
    expect(auto.resource).not.toHaveProperty("aws_eks_node_group");
    expect(auto.resource).not.toHaveProperty("aws_launch_template");
    expect(all(auto, "aws_eks_addon").map((addon) => addon.addon_name)).toEqual(["aws-efs-csi-driver"]);
  });

  test("may run nodes, disks and load balancers; its nodes may do the least", () => {
    const attached = all(auto, "aws_iam_role_policy_attachment").map((a) => String(a.policy_arn).split("/").at(-1));
    expect(attached).toEqual(
      expect.arrayContaining([
        "AmazonEKSComputePolicy",
        "AmazonEKSBlockStoragePolicy",
        "AmazonEKSLoadBalancingPolicy",
        "AmazonEKSNetworkingPolicy",
        "AmazonEKSWorkerNodeMinimalPolicy",
      ]),
    );
    expect(attached).not.toContain("AmazonEKSWorkerNodePolicy");
  });
});

describe("shared files", () => {
  test("are encrypted, reachable in every zone and from nodes alone", () => {
    expect(one(production, "aws_efs_file_system")).toMatchObject({
      encrypted: true,
      creation_token: "production-volumes",
    });
    const targets = all(production, "aws_efs_mount_target").map((target) => String(target.subnet_id));
    expect(targets).toHaveLength(3);
    expect(targets.every((subnet) => subnet.includes("_Data_"))).toBe(true);
    expect(one(production, "aws_vpc_security_group_ingress_rule", "Files")).toMatchObject({
      from_port: 2049,
      referenced_security_group_id: "${aws_eks_cluster.Cluster.vpc_config[0].cluster_security_group_id}",
    });
  });

  test("are mounted by access point only, so that no volume shows another", () => {
    const policy = statements(one(production, "aws_efs_file_system_policy").policy) as { Effect: string }[];
    expect(policy.filter(({ Effect }) => Effect === "Allow")).toEqual([
      expect.objectContaining({
        Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
        Condition: {
          Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" },
          StringLike: {
            "elasticfilesystem:AccessPointArn": "arn:aws:elasticfilesystem:eu-central-1:123456789012:access-point/*",
          },
        },
      }),
    ]);
  });

  test("refuse plain connections and root", () => {
    const policy = String(one(production, "aws_efs_file_system_policy").policy);
    expect(policy).toContain('"Effect":"Deny","Principal":{"AWS":"*"},"Action":"*"');
    expect(policy).toContain('"aws:SecureTransport":"false"');
    expect(policy).not.toContain("ClientRootAccess");
  });

  test("are backed up where the environment is protected", () => {
    expect(one(production, "aws_efs_backup_policy").backup_policy).toEqual({ status: "ENABLED" });
    expect(one(small, "aws_efs_backup_policy").backup_policy).toEqual({ status: "DISABLED" });
  });
});

test("addresses say nothing of region, version, size or count", () => {
  const elsewhere = synthCluster({
    region: "us-east-1",
    kubernetesVersion: "1.35",
    nodes: { system: { instanceTypes: ["c7g.xlarge"], min: 5, max: 9 } },
  });
  const addresses = (json: typeof production) =>
    Object.entries(json.resource).flatMap(([type, found]) => Object.keys(found).map((name) => `${type}.${name}`));
  expect(addresses(elsewhere)).toEqual(addresses(production));
});
