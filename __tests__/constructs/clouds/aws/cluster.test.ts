import { synthCluster } from "../../../support/aws-environment";
import { all, one } from "../../../support/cloud-environment";

const production = synthCluster();
const small = synthCluster({ endpoint: { access: "allow-list", cidrs: ["203.0.113.0/24"] } }, "small");
const auto = synthCluster({ nodes: { autoMode: true } });

const names = (json: typeof production, type: string): string[] => Object.keys(json.resource[type] ?? {});

describe("control plane", () => {
  test("stays in the first three zones when nodes and data get a fourth", () => {
    const zones = ["euc1-az1", "euc1-az2", "euc1-az3", "euc1-az4"];
    const json = synthCluster({ network: { cidr: "10.10.0.0/16", zones } });
    const subnets = one(json, "aws_eks_cluster").vpc_config;
    expect(subnets).toEqual(one(production, "aws_eks_cluster").vpc_config);
    expect(one(json, "aws_eks_node_group", "system").subnet_ids).toHaveLength(4);
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

  test("logs who did what and who signed in where the profile is small, and what the environment says", () => {
    const types = (json: typeof production) => one(json, "aws_eks_cluster").enabled_cluster_log_types;
    expect(types(synthCluster({}, "small"))).toEqual(["audit", "authenticator"]);
    expect(types(synthCluster({ controlPlaneLogs: ["api"] }))).toEqual(["api"]);
    expect(types(synthCluster({ controlPlaneLogs: [] }))).toEqual([]);
  });

  test("its log group exists before it, with retention and a key", () => {
    const group = names(production, "aws_cloudwatch_log_group").find((name) => name.startsWith("Cluster")) ?? "";
    expect(one(production, "aws_cloudwatch_log_group", group)).toMatchObject({
      name: "/aws/eks/production/cluster",
      retention_in_days: 365,
      kms_key_id: "${aws_kms_key.LogKey.arn}",
    });
    expect(one(production, "aws_eks_cluster").depends_on).toContain(`aws_cloudwatch_log_group.${group}`);
  });

  test("keeps logs for a year in production, for a quarter in a small environment, and as long as it is told", () => {
    const days = (json: typeof production) => all(json, "aws_cloudwatch_log_group").map((g) => g.retention_in_days);
    expect(days(production)).toEqual([365, 365]);
    expect(days(small)).toEqual([90, 90]);
    expect(days(synthCluster({ logRetentionDays: 731 }))).toEqual([731, 731]);
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
      planners: ["arn:aws:iam::123456789012:role/plan"],
    },
  });

  test.each([
    ["role--ci", "AmazonEKSClusterAdminPolicy"],
    ["user--ann", "AmazonEKSClusterAdminPolicy"],
    ["role--team", "AmazonEKSViewPolicy"],
    // Reads all there is, and writes nothing: a plan refreshes Secrets, kinds of other programs, and what is of no namespace.
    ["role--plan", "AmazonEKSAdminViewPolicy"],
  ])("%s has %s", (principal, policy) => {
    expect(one(json, "aws_eks_access_entry", principal)).toMatchObject({ type: "STANDARD" });
    expect(one(json, "aws_eks_access_policy_association", principal)).toMatchObject({
      policy_arn: `arn:aws:eks::aws:cluster-access-policy/${policy}`,
      access_scope: { type: "cluster" },
    });
  });

  test("nobody has a second policy, a group of Kubernetes or a name there, which would be a way around it", () => {
    expect(all(json, "aws_eks_access_policy_association")).toHaveLength(4);
    for (const entry of all(json, "aws_eks_access_entry")) {
      expect(Object.keys(entry).sort()).toEqual(["cluster_name", "principal_arn", "type"]);
    }
  });
});

describe("add-ons", () => {
  const after = (addon: string): string => String(one(production, "aws_eks_addon", addon).depends_on);

  test("network, proxy and identity come before the nodes, DNS and storage after", () => {
    const nodes = String(one(production, "aws_eks_node_group", "system").depends_on);
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
      autoScaling: { enabled: true, minReplicas: 2, maxReplicas: 10 },
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
