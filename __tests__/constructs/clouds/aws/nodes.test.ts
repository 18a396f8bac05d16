import { synthCluster } from "../../../support/aws-environment";
import { all, one } from "../../../support/cloud-environment";

const production = synthCluster();
const fixed = synthCluster({ nodes: { karpenter: false } });
const fixedSmall = synthCluster({ nodes: { karpenter: false } }, "small");
const auto = synthCluster({ nodes: { autoMode: true } });

const names = (json: typeof production, type: string): string[] => Object.keys(json.resource[type] ?? {});

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
    expect(names(production, "aws_eks_node_group")).toEqual(["Nodes-system"]);
  });

  test("are for applications too where Karpenter is refused", () => {
    expect(names(fixed, "aws_eks_node_group").sort()).toEqual(["Nodes-general", "Nodes-system"]);
    expect(one(fixed, "aws_eks_node_group", "general")).not.toHaveProperty("taint");
    expect(Object.keys(fixed.resource)).not.toContain("aws_sqs_queue");
  });

  test("are larger in production", () => {
    const size = (json: typeof production, group: string) => {
      const { instance_types, scaling_config } = one(json, "aws_eks_node_group", group);
      return { instance_types, scaling_config };
    };
    expect(size(fixed, "general")).toEqual({
      instance_types: ["m7i.xlarge"],
      scaling_config: { min_size: 3, max_size: 12, desired_size: 3 },
    });
    expect(size(fixedSmall, "general")).toEqual({
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

  test("keep the image that is given, on either processor, which no deploy looks up", () => {
    const arm = { instanceTypes: ["m7g.large"], min: 1, max: 2 };
    const json = synthCluster({ nodes: { image: "1.50.0-1a2b3c4d", groups: { arm } } });
    expect(all(json, "aws_eks_node_group").map((group) => group.release_version)).toEqual([
      "1.50.0-1a2b3c4d",
      "1.50.0-1a2b3c4d",
    ]);
    expect(json.data).not.toHaveProperty("aws_ssm_parameter");
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
    const template = one(fixed, "aws_launch_template", "general");
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
