import { aws } from "../../../../constructs/clouds/aws";
import type { AwsProps } from "../../../../constructs/clouds/aws";
import type { CloudFacts } from "../../../../constructs/kubernetes/facts";
import { statements } from "../../../support/aws-application";
import { AWS_PROPS, synthAws, synthPlatform } from "../../../support/aws-environment";
import { all, environmentOn, one, type StackJson } from "../../../support/cloud-environment";

const platform = (props: Partial<AwsProps> = {}): StackJson =>
  synthAws(
    props,
    (cloud, stack, environment) => {
      cloud.configure(stack, environment);
      cloud.connect(stack, environment).platform(stack);
    },
    { stack: "production-platform" },
  );

describe("configure", () => {
  const json = platform();

  test("leaves the encryption of the state to the bucket's KMS key, which asking for any would bypass", () => {
    expect((json.terraform.backend as { s3: object }).s3).not.toHaveProperty("encrypt");
  });

  test("keeps the state in the environment's bucket, locked, in its account only", () => {
    expect(json.terraform.backend).toEqual({
      s3: {
        bucket: "production-tfstate-123456789012",
        key: "production-platform.tfstate",
        region: "eu-central-1",
        use_lockfile: true,
        allowed_account_ids: ["123456789012"],
      },
    });
    const named = platform({ stateBucket: "shared-state" });
    expect(named.terraform.backend).toMatchObject({ s3: { bucket: "shared-state" } });
  });

  test("refuses another account and tags everything", () => {
    expect(json.provider.aws).toEqual([
      {
        region: "eu-central-1",
        allowed_account_ids: ["123456789012"],
        default_tags: [
          {
            tags: {
              environment: "production",
              "cost-center": "orders",
              contact: "platform@example.com",
              "managed-by": "terraform",
              stack: "production-platform",
            },
          },
        ],
      },
    ]);
  });

  test("pins the engine's floor, and each provider to what its bindings were generated from", () => {
    expect(json.terraform.required_version).toBe(">= 1.11.0");
    expect(json.terraform.required_providers).toEqual({
      aws: { source: "aws", version: "6.25.0" },
      kubernetes: { source: "kubernetes", version: "2.38.0" },
      helm: { source: "helm", version: "3.1.1" },
    });
  });
});

describe("state", () => {
  const json = synthAws(
    {},
    (cloud, stack, environment) => {
      cloud.createState?.(stack, environment);
    },
    { profile: "small", stack: "state-staging" },
  );

  test("is local, at a path that says nothing of the machine", () => {
    expect(json.terraform.backend).toEqual({ local: { path: "../../../terraform.state-staging.tfstate" } });
  });

  test("is in the bucket that it made, once the environment says so, beside that of other stacks", () => {
    const moved = synthAws(
      { stateIn: "bucket" },
      (cloud, stack, environment) => {
        cloud.createState?.(stack, environment);
      },
      { profile: "small", stack: "state-staging" },
    );
    const { bucket } = one(moved, "aws_s3_bucket");
    expect(moved.terraform.backend).toMatchObject({
      s3: { bucket, key: "state-staging.tfstate", use_lockfile: true, allowed_account_ids: ["123456789012"] },
    });
    expect(moved.resource).toEqual(json.resource);
  });

  test("makes a bucket that nothing deletes, not even in a small environment", () => {
    expect(one(json, "aws_s3_bucket")).toMatchObject({
      bucket: "staging-tfstate-123456789012",
      force_destroy: false,
      lifecycle: { prevent_destroy: true },
    });
    expect(one(json, "aws_kms_key")).toMatchObject({
      enable_key_rotation: true,
      deletion_window_in_days: 30,
      lifecycle: { prevent_destroy: true },
    });
  });

  test("versioned, encrypted, private, TLS only, old versions expire", () => {
    expect(one(json, "aws_s3_bucket_versioning").versioning_configuration).toEqual({ status: "Enabled" });
    expect(JSON.stringify(one(json, "aws_s3_bucket_server_side_encryption_configuration").rule)).toContain(
      '"sse_algorithm":"aws:kms"',
    );
    expect(one(json, "aws_s3_bucket_public_access_block")).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(one(json, "aws_s3_bucket_policy").policy).toContain('"aws:SecureTransport":"false"');
    expect(JSON.stringify(one(json, "aws_s3_bucket_lifecycle_configuration").rule)).toContain('"noncurrent_days":90');
  });

  test("takes no object under another encryption, and any that names none", () => {
    const found = statements(one(json, "aws_s3_bucket_policy").policy) as { Sid: string }[];
    const header = "s3:x-amz-server-side-encryption";
    expect(found.find(({ Sid }) => Sid === "KmsOnly")).toMatchObject({
      Effect: "Deny",
      Action: "s3:PutObject",
      Resource: expect.stringMatching(/\.arn\}\/\*$/) as unknown,
      Condition: { Null: { [header]: "false" }, StringNotEquals: { [header]: "aws:kms" } },
    });
  });
});

describe("connect", () => {
  const json = platform();

  test("finds the cluster by name and data subnets by tag, and reads no state", () => {
    expect(Object.values(json.data?.aws_eks_cluster ?? {})).toEqual([expect.objectContaining({ name: "production" })]);
    expect(Object.values(json.data?.aws_subnets ?? {})).toEqual([
      expect.objectContaining({ tags: { "goldenpath:tier": "data" } }),
    ]);
    expect(json.data).not.toHaveProperty("terraform_remote_state");
    const named = platform({ clusterName: "shared" });
    expect(Object.values(named.data?.aws_eks_cluster ?? {})).toEqual([expect.objectContaining({ name: "shared" })]);
  });

  test("signs in by exec: no token in plan or state", () => {
    const exec = {
      api_version: "client.authentication.k8s.io/v1beta1",
      command: "aws",
      args: ["eks", "get-token", "--cluster-name", "production", "--region", "eu-central-1", "--output", "json"],
    };
    expect(json.provider.kubernetes).toEqual([expect.objectContaining({ exec: [exec] })]);
    expect(json.provider.helm).toEqual([{ kubernetes: expect.objectContaining({ exec }) as unknown }]);
    expect(JSON.stringify(json)).not.toContain("eks_cluster_auth");
  });

  test("hands External Secrets the region's Secrets Manager", () => {
    let provider: unknown;
    synthAws({}, (cloud, stack, environment) => {
      cloud.configure(stack, environment);
      provider = cloud.connect(stack, environment).secretStoreProvider();
    });
    expect(provider).toEqual({ aws: { service: "SecretsManager", region: "eu-central-1" } });
  });
});

describe("platform", () => {
  const provisioners = (json: StackJson) =>
    Object.fromEntries(
      all(json, "kubernetes_storage_class_v1").map((c) => [
        (c.metadata as { name: string }).name,
        c.storage_provisioner,
      ]),
    );

  test("the storage classes that facts promise exist", () => {
    const promised = Object.values(aws(AWS_PROPS).facts(environmentOn(aws(AWS_PROPS))).storageClasses);
    expect(Object.keys(provisioners(platform())).sort()).toEqual([...promised].sort());
    expect(provisioners(platform())).toEqual({ efs: "efs.csi.aws.com", gp3: "ebs.csi.aws.com" });
  });

  test("disks are encrypted gp3 by default and wait for their pod's zone", () => {
    expect(one(platform(), "kubernetes_storage_class_v1", "Gp3")).toMatchObject({
      metadata: { annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
      parameters: { type: "gp3", encrypted: "true" },
      volume_binding_mode: "WaitForFirstConsumer",
      reclaim_policy: "Retain",
    });
  });

  test("volumes outlive their claims where the environment is protected, and can grow", () => {
    const policies = (profile: "production" | "small") =>
      all(synthPlatform({}, profile), "kubernetes_storage_class_v1").map(({ reclaim_policy }) => reclaim_policy);
    expect(policies("production")).toEqual(["Retain", "Retain"]);
    expect(policies("small")).toEqual(["Delete", "Delete"]);
    expect(one(platform(), "kubernetes_storage_class_v1", "Gp3").allow_volume_expansion).toBe(true);
  });

  test("there is one default class, and it is the disk", () => {
    const marked = all(platform(), "kubernetes_storage_class_v1").filter(({ metadata }) =>
      JSON.stringify(metadata).includes("is-default-class"),
    );
    expect(marked.map(({ metadata }) => (metadata as { name: string }).name)).toEqual(["gp3"]);
  });

  test("shared volumes are access points of the file system found by its token", () => {
    const json = platform();
    expect(Object.values(json.data?.aws_efs_file_system ?? {})).toEqual([
      expect.objectContaining({ creation_token: "production-volumes" }),
    ]);
    expect(one(json, "kubernetes_storage_class_v1", "Efs")).toMatchObject({
      parameters: { provisioningMode: "efs-ap", uid: "1000", gid: "1000" },
    });
  });

  test("Auto Mode has its own disk driver, and is told to enforce network policies", () => {
    const json = platform({ nodes: { autoMode: true } });
    expect(provisioners(json).gp3).toBe("ebs.csi.eks.amazonaws.com");
    expect(one(json, "kubernetes_config_map_v1")).toMatchObject({
      metadata: { name: "amazon-vpc-cni", namespace: "kube-system" },
      data: { "enable-network-policy-controller": "true" },
    });
    expect(platform().resource).not.toHaveProperty("kubernetes_config_map_v1");
  });
});

describe("facts", () => {
  const facts = (props: Partial<AwsProps> = {}): CloudFacts => {
    const cloud = aws({ ...AWS_PROPS, ...props });
    return cloud.facts(environmentOn(cloud));
  };

  test("identity comes from the Pod Identity agent", () => {
    expect(facts().identityEndpoints).toEqual([{ cidrs: ["169.254.170.23/32"], port: 80 }]);
  });

  test("Karpenter lets pods that run to their end, Auto Mode's too", () => {
    for (const autoMode of [false, true]) {
      expect(facts({ nodes: { autoMode } }).undisturbedPodAnnotations).toEqual({
        "karpenter.sh/do-not-disrupt": "true",
      });
    }
  });

  test("Auto Mode's nodes answer DNS on the Service's address", () => {
    expect(facts().nodeLocalDns).toBe("169.254.20.10");
    expect(facts({ nodes: { autoMode: true } }).nodeLocalDns).toBe("172.20.0.10");
  });

  test("the controller gets a public Network Load Balancer either way", () => {
    const prefix = "service.beta.kubernetes.io/aws-load-balancer";
    const automatic = facts({ nodes: { autoMode: true } });
    expect(facts().loadBalancerAnnotations).toMatchObject({
      [`${prefix}-scheme`]: "internet-facing",
      [`${prefix}-nlb-target-type`]: "ip",
    });
    expect(automatic.loadBalancerAnnotations).toEqual(facts().loadBalancerAnnotations);
    expect([facts().loadBalancerClass, automatic.loadBalancerClass]).toEqual([
      "service.k8s.aws/nlb",
      "eks.amazonaws.com/nlb",
    ]);
  });

  test("external-dns sees the given zones only, and is left out without one", () => {
    expect(facts().externalDns).toBeUndefined();
    expect(facts({ dns: { zones: [{ name: "example.com", id: "Z1" }] } }).externalDns).toMatchObject({
      name: "aws",
      flags: { "zone-id-filter": ["Z1"], "aws-zone-match-parent": true },
    });
  });
});
