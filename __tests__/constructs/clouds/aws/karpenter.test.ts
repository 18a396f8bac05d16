import type { KarpenterPool } from "../../../../constructs/clouds/aws";
import { addonStatements, synthCluster, synthPlatform } from "../../../support/aws-environment";
import { all, one, release } from "../../../support/cloud-environment";

const cluster = synthCluster();
const production = synthPlatform();
const small = synthPlatform({}, "small");

type Json = Readonly<Record<string, unknown>>;

const objects = (json: typeof production): Record<string, { spec: Json }> =>
  release(json, "karpenter-objects").values.objects as Record<string, { spec: Json }>;

interface PoolSpec {
  readonly template: { readonly metadata: Json; readonly spec: Json & { readonly requirements: readonly Json[] } };
  readonly limits: Json;
  readonly disruption: Json;
}

const pool = (json: typeof production): PoolSpec => objects(json)["NodePool/general"]?.spec as unknown as PoolSpec;
const nodeClass = (json: typeof production): Json => objects(json)["EC2NodeClass/general"]?.spec ?? {};

const given = (karpenter: KarpenterPool) => synthPlatform({ nodes: { karpenter } });
const requirement = (json: typeof production, key: string): unknown =>
  pool(json).template.spec.requirements.find((each) => each.key === key);

describe("before Karpenter is there", () => {
  test("its nodes have a role of their own, and may join", () => {
    const role = one(cluster, "aws_iam_role", "Karpenter");
    expect(role).toMatchObject({ name: "production-eu-central-1-karpenter-node" });
    expect(role.assume_role_policy).toContain("ec2.amazonaws.com");
    const policies = all(cluster, "aws_iam_role_policy_attachment").filter(({ role: of }) =>
      String(of).includes("Karpenter"),
    );
    expect(policies.map(({ policy_arn }) => policy_arn).sort()).toEqual([
      "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
      "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
    ]);
    expect(one(cluster, "aws_eks_access_entry", "Karpenter")).toMatchObject({
      type: "EC2_LINUX",
      principal_arn: expect.stringContaining("aws_iam_role.Karpenter") as unknown,
    });
  });

  test("AWS's announcements reach its queue, in the very words that AWS uses", () => {
    const patterns = all(cluster, "aws_cloudwatch_event_rule").map(({ event_pattern }) => String(event_pattern));
    expect(patterns.sort()).toEqual([
      '{"source":["aws.ec2"],"detail-type":["EC2 Instance Rebalance Recommendation"]}',
      '{"source":["aws.ec2"],"detail-type":["EC2 Instance State-change Notification"]}',
      '{"source":["aws.ec2"],"detail-type":["EC2 Spot Instance Interruption Warning"]}',
      '{"source":["aws.health"],"detail-type":["AWS Health Event"]}',
    ]);
    expect(new Set(all(cluster, "aws_cloudwatch_event_target").map(({ arn }) => arn)).size).toBe(1);
    expect(all(cluster, "aws_cloudwatch_event_target")).toHaveLength(4);
  });

  test("the queue is encrypted, and takes messages of those rules alone, over TLS", () => {
    const queue = one(cluster, "aws_sqs_queue");
    expect(queue).toMatchObject({
      name: "production-karpenter",
      sqs_managed_sse_enabled: true,
      message_retention_seconds: 300,
    });
    const { Statement } = JSON.parse(String(one(cluster, "aws_sqs_queue_policy").policy)) as { Statement: Json[] };
    expect(Statement).toMatchObject([
      { Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "sqs:SendMessage" },
      { Effect: "Deny", Principal: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } },
    ]);
    const { ArnEquals } = Statement[0]?.Condition as { ArnEquals: Record<string, string[]> };
    expect(ArnEquals["aws:SourceArn"]).toHaveLength(4);
  });

  test("the tags it finds subnets by are on the private ones of this cluster, and on no others", () => {
    const selected = (nodeClass(production).subnetSelectorTerms as { tags: Json }[])[0]?.tags ?? {};
    expect(selected).toEqual({ "goldenpath:tier": "private", "kubernetes.io/cluster/production": "shared" });
    const found = Object.entries(cluster.resource.aws_subnet ?? {}).filter(([, { tags }]) =>
      Object.entries(selected).every(([key, value]) => (tags as Json)[key] === value),
    );
    expect(found.map(([name]) => name)).toEqual(
      ["Network_ZoneA_Private", "Network_ZoneB_Private", "Network_ZoneC_Private"].map(
        (name) => expect.stringContaining(name) as string,
      ),
    );
  });
});

describe("the controller", () => {
  const { given: chart, values } = release(production, "karpenter");

  test("comes after its definitions, which are upgraded with it and stay when it goes", () => {
    const definitions = release(production, "karpenter-crd");
    for (const each of [chart, definitions.given]) {
      expect(each).toMatchObject({ repository: "oci://public.ecr.aws/karpenter", version: "1.14.1" });
    }
    expect(definitions.values).toEqual({ additionalAnnotations: { "helm.sh/resource-policy": "keep" } });
    expect(chart.depends_on).toEqual(
      ["helm_release.platform_karpenter-crd"].map((name) => expect.stringContaining(name) as string),
    );
  });

  test("runs on managed system nodes and never on a node it made", () => {
    expect(values).toMatchObject({
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              {
                matchExpressions: [
                  { key: "goldenpath/node-group", operator: "In", values: ["system"] },
                  { key: "karpenter.sh/nodepool", operator: "DoesNotExist" },
                ],
              },
            ],
          },
        },
      },
      tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
      dnsPolicy: "Default",
    });
    expect(pool(production).template.metadata.labels).toEqual({ "goldenpath/node-group": "general" });
  });

  test("reads its queue and follows a zonal shift", () => {
    expect(values.settings).toEqual({
      clusterName: "production",
      eksControlPlane: true,
      interruptionQueue: one(cluster, "aws_sqs_queue").name,
      enableZonalShift: true,
    });
  });

  test("is two in production, one in a small environment", () => {
    expect([values.replicas, release(small, "karpenter").values.replicas]).toEqual([2, 1]);
    expect(release(small, "karpenter").values.topologySpreadConstraints).toEqual([]);
  });

  test.each([{ nodes: { autoMode: true } } as const, { nodes: { karpenter: false } } as const])(
    "is not there, nor anything of it, with %j",
    (props) => {
      expect(JSON.stringify(synthPlatform(props).resource)).not.toContain("karpenter");
      expect(JSON.stringify(synthCluster(props).resource)).not.toContain("arpenter");
    },
  );
});

describe("nodes", () => {
  test("are Bottlerocket of the version that AWS published when the stack was deployed", () => {
    const [, name] =
      /^bottlerocket@v\$\{data\.aws_ssm_parameter\.(.+)\.insecure_value\}$/.exec(
        (nodeClass(production).amiSelectorTerms as { alias: string }[])[0]?.alias ?? "",
      ) ?? [];
    expect(production.data?.aws_ssm_parameter?.[name ?? ""]?.name).toBe(
      "/aws/service/bottlerocket/aws-k8s-1.36/x86_64/latest/image_version",
    );
    const older = synthPlatform({ kubernetesVersion: "1.35" });
    expect(JSON.stringify(older.data?.aws_ssm_parameter)).toContain("aws-k8s-1.35");
  });

  test("are of the version that the environment gives", () => {
    const json = synthPlatform({ nodes: { image: "1.50.0-1a2b3c4d" } });
    expect(nodeClass(json).amiSelectorTerms).toEqual([{ alias: "bottlerocket@v1.50.0-1a2b3c4d" }]);
    expect(json.data).not.toHaveProperty("aws_ssm_parameter");
  });

  test("are in the cluster's own security group, private, and give pods no way to their credentials", () => {
    expect(nodeClass(production)).toMatchObject({
      instanceProfile: one(cluster, "aws_iam_instance_profile").name,
      securityGroupSelectorTerms: [
        { id: expect.stringMatching(/^\$\{data\.aws_eks_cluster\..*cluster_security_group_id\}$/) as unknown },
      ],
      associatePublicIPAddress: false,
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
    });
    expect(nodeClass(production)).not.toHaveProperty("role");
  });

  test("have encrypted gp3 disks, and tags for the bill that are none of Karpenter's own", () => {
    const disk = { volumeType: "gp3", encrypted: true, deleteOnTermination: true };
    expect(nodeClass(production).blockDeviceMappings).toEqual([
      { deviceName: "/dev/xvda", ebs: { ...disk, volumeSize: "4Gi" } },
      { deviceName: "/dev/xvdb", ebs: { ...disk, volumeSize: "100Gi" } },
    ]);
    expect(nodeClass(production).tags).toEqual({
      environment: "production",
      "cost-center": "orders",
      contact: "platform@example.com",
      "managed-by": "karpenter",
      Name: "production-general",
    });
    expect(nodeClass(given({ diskGib: 50 })).blockDeviceMappings).toMatchObject([{}, { ebs: { volumeSize: "50Gi" } }]);
  });

  test("are on demand, x86, of current families, and bounded", () => {
    expect(pool(production).template.spec.requirements).toEqual([
      { key: "kubernetes.io/os", operator: "In", values: ["linux"] },
      { key: "kubernetes.io/arch", operator: "In", values: ["amd64"] },
      { key: "karpenter.sh/capacity-type", operator: "In", values: ["on-demand"] },
      { key: "karpenter.k8s.aws/instance-category", operator: "In", values: ["c", "m", "r"] },
      { key: "karpenter.k8s.aws/instance-generation", operator: "Gt", values: ["5"] },
      { key: "karpenter.k8s.aws/instance-cpu", operator: "Gt", values: ["1"] },
    ]);
    expect(pool(production).limits).toEqual({ cpu: "128" });
    expect(pool(small).limits).toEqual({ cpu: "32" });
  });

  test("can be chosen: limit, capacity, processors, families", () => {
    const json = given({
      cpuLimit: 64,
      capacity: ["spot", "on-demand"],
      architectures: ["arm64"],
      instanceCategories: ["m"],
    });
    expect(pool(json).limits).toEqual({ cpu: "64" });
    expect(requirement(json, "karpenter.sh/capacity-type")).toMatchObject({ values: ["spot", "on-demand"] });
    expect(requirement(json, "kubernetes.io/arch")).toMatchObject({ values: ["arm64"] });
    expect(requirement(json, "karpenter.k8s.aws/instance-category")).toMatchObject({ values: ["m"] });
  });

  test("can be of given types, whose processors they then have", () => {
    const json = given({ instanceTypes: ["m7g.large", "m7i.large"] });
    expect(requirement(json, "node.kubernetes.io/instance-type")).toMatchObject({ values: ["m7g.large", "m7i.large"] });
    expect(requirement(json, "kubernetes.io/arch")).toMatchObject({ values: ["amd64", "arm64"] });
    expect(requirement(json, "karpenter.k8s.aws/instance-category")).toBeUndefined();
  });

  test("go when they are empty, few at a time when they are not, and never later than their pods' longest grace", () => {
    expect(pool(production).disruption).toEqual({
      consolidationPolicy: "WhenEmptyOrUnderutilized",
      consolidateAfter: "5m",
      budgets: [
        { nodes: "100%", reasons: ["Empty"] },
        { nodes: "10%", reasons: ["Underutilized"] },
        { nodes: "33%", reasons: ["Drifted"] },
      ],
    });
    expect(pool(production).template.spec).toMatchObject({ expireAfter: "720h", terminationGracePeriod: "90m" });
  });

  test("are gone before Helm tires of waiting: it would forget the release, and the next run take Karpenter away", () => {
    expect(release(production, "karpenter-objects").given).toMatchObject({ wait: true, timeout: 6000 });
  });
});

describe("its role", () => {
  const statements = addonStatements(production, "karpenter");
  const sids = (match: (statement: Json) => boolean): unknown[] => statements.filter(match).map(({ Sid }) => Sid);

  test("may start, tag and stop machines of this cluster only", () => {
    const changing = sids(({ Action }) => /ec2:(?!Describe)/.test(JSON.stringify(Action)));
    const ofCluster = sids(({ Condition }) =>
      Object.entries((Condition as { StringEquals?: object } | undefined)?.StringEquals ?? {}).some(
        ([key, value]) =>
          key.endsWith("Tag/kubernetes.io/cluster/production") &&
          ["owned", ["shared", "owned"]].some((tag) => String(tag) === String(value)),
      ),
    );
    // Images are public: that a machine is started from one is bound by the statements about the machine.
    expect(changing.filter((sid) => !ofCluster.includes(sid))).toEqual(["FromImages"]);
  });

  test("may hand machines one role, and change nothing in IAM", () => {
    const iam = statements.filter(({ Action }) => JSON.stringify(Action).includes("iam:"));
    expect(iam.map(({ Action }) => Action)).toEqual([
      "iam:PassRole",
      ["pricing:GetProducts", "iam:ListInstanceProfiles"],
      "iam:GetInstanceProfile",
    ]);
    expect(iam[0]).toMatchObject({
      Resource: `arn:aws:iam::123456789012:role/${String(one(cluster, "aws_iam_role", "Karpenter").name)}`,
      Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
    });
  });

  test("may do everywhere only what changes nothing", () => {
    const everywhere = statements.filter(({ Resource }) => Resource === "*").flatMap(({ Action }) => Action);
    expect(everywhere.filter((action) => !/:(Describe|Get|List)/.test(String(action)))).toEqual([]);
  });

  test("reads its own queue", () => {
    expect(statements.find(({ Sid }) => Sid === "Interruptions")?.Resource).toBe(
      "arn:aws:sqs:eu-central-1:123456789012:production-karpenter",
    );
  });
});

test("both roles' policies fit into IAM, with the longest of names", () => {
  const clusterName = "c".repeat(100);
  const json = synthPlatform({ clusterName });
  // Of all inline policies of a role together, white space not counted.
  for (const { policy } of all(json, "aws_iam_role_policy")) expect(String(policy).length).toBeLessThan(10_240);
  const names = all(synthCluster({ clusterName }), "aws_cloudwatch_event_rule").map(({ name }) => String(name));
  expect(names.filter((name) => name.length > 64)).toEqual([]);
  expect(new Set(names).size).toBe(4);
});
