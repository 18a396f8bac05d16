import { readFileSync } from "node:fs";
import { capabilities as aws } from "../../constructs/clouds/aws/capabilities";
import { CAPABILITIES, type CapabilityName } from "../../constructs/clouds/capabilities";
import { capabilitiesTable } from "../../scripts/docs/capabilities-table";
import { type Block, named, type StackJson, stack, synthesizeReference } from "../support/reference";

/*
 * What a production environment has, each by an assertion on its stacks, in a column for each cloud. The details of each
 * are in the tests of its parts.
 */

const synthesis = synthesizeReference();
const cluster = stack(synthesis, "production-cluster");
const platform = stack(synthesis, "production-platform");
const app = stack(synthesis, "production");

const all = (json: StackJson, type: string): Block[] => Object.values(json.resource[type] ?? {});

function only(json: StackJson, type: string): Block {
  const [block, ...more] = all(json, type);
  if (block === undefined || more.length > 0) throw new Error(`${more.length + 1} of ${type}`);
  return block;
}

const release = (name: string): Block => {
  const found = all(platform, "helm_release").find((block) => block.name === name);
  if (found === undefined) throw new Error(`no release ${name}`);
  return found;
};

const deployment = (name: string): string => JSON.stringify(named(app, "kubernetes_deployment_v1", name));
const secretVersions = (part: string): Block[] =>
  Object.entries(app.resource.aws_secretsmanager_secret_version ?? {}).flatMap(([id, block]) =>
    id.includes(part) ? [block] : [],
  );

const AWS: Readonly<Record<CapabilityName, () => void>> = {
  "private-network": () => {
    expect(all(cluster, "aws_nat_gateway")).toHaveLength(3);
    expect(only(cluster, "aws_flow_log")).toMatchObject({ traffic_type: "ALL" });
    expect(only(app, "aws_db_instance")).toMatchObject({ publicly_accessible: false });
  },
  "closed-api": () => {
    expect(only(cluster, "aws_eks_cluster")).toMatchObject({
      vpc_config: { endpoint_public_access: false },
      access_config: { authentication_mode: "API", bootstrap_cluster_creator_admin_permissions: false },
    });
  },
  "encrypted-secrets": () => {
    expect(only(cluster, "aws_eks_cluster")).toMatchObject({ encryption_config: { resources: ["secrets"] } });
    for (const block of [only(app, "aws_db_instance"), only(app, "aws_elasticache_replication_group")]) {
      expect(block.kms_key_id).toMatch(/^\$\{aws_kms_key\./);
    }
    for (const group of [...all(app, "aws_cloudwatch_log_group"), ...all(cluster, "aws_cloudwatch_log_group")]) {
      expect(group.kms_key_id).toMatch(/^\$\{aws_kms_key\./);
    }
  },
  "deletion-protection": () => {
    const stateful = [
      only(cluster, "aws_eks_cluster"),
      only(cluster, "aws_efs_file_system"),
      ...["aws_db_instance", "aws_elasticache_replication_group", "aws_mq_broker", "aws_s3_bucket"].map((type) =>
        only(app, type),
      ),
    ];
    for (const block of stateful) expect(block).toMatchObject({ lifecycle: { prevent_destroy: true } });
    expect(only(app, "aws_db_instance")).toMatchObject({ deletion_protection: true, skip_final_snapshot: false });
  },
  standby: () => {
    expect(only(app, "aws_db_instance")).toMatchObject({ multi_az: true });
    expect(only(app, "aws_elasticache_replication_group")).toMatchObject({ automatic_failover_enabled: true });
    expect(only(app, "aws_mq_broker")).toMatchObject({ deployment_mode: "CLUSTER_MULTI_AZ" });
  },
  "point-in-time-recovery": () => {
    expect(only(app, "aws_db_instance").backup_retention_period).toBeGreaterThanOrEqual(14);
  },
  "tls-to-services": () => {
    expect(only(app, "aws_db_parameter_group").parameter).toContainEqual({
      name: "require_secure_transport",
      value: "1",
    });
    expect(only(app, "aws_elasticache_replication_group")).toMatchObject({ transit_encryption_mode: "required" });
    expect(named(app, "kubernetes_config_map_v1", "my-app.ca-bundles")).toHaveProperty(
      ["data", "orders-db.pem"],
      expect.stringContaining("BEGIN CERTIFICATE"),
    );
    expect(deployment("my-app-backend")).toContain("/etc/goldenpath/ca/orders-db.pem");
  },
  "database-users": () => {
    const urls = JSON.stringify(named(app, "kubernetes_manifest", "my-app-secrets"));
    for (const workload of ["backend", "consumer", "cron", "migrate"])
      expect(urls).toContain(`mysql://app.${workload}:`);
    expect(jobs()).toContain("my-app-orders-db-users");
  },
  "broker-users": () => {
    const urls = JSON.stringify(named(app, "kubernetes_manifest", "my-app-secrets"));
    for (const workload of ["backend", "consumer"]) expect(urls).toContain(`amqps://app.${workload}:`);
    expect(jobs()).toContain("my-app-events-users");
  },
  "password-generations": () => {
    for (const version of secretVersions("Users")) expect(version.secret_string_wo_version).toBe(1);
    const cache = Object.entries(app.resource.random_password ?? {}).find(([id]) => id.includes("cache"))?.[1];
    expect(cache).toMatchObject({ keepers: { generation: "1" } });
  },
  "secrets-out-of-state": () => {
    const versions = secretVersions("Users");
    expect(versions).toHaveLength(6);
    for (const version of versions) {
      expect(version).not.toHaveProperty("secret_string");
      expect(version.secret_string_wo).toContain("ephemeral.random_password.");
    }
  },
  "required-secrets": () => {
    const lists = Object.values(app.data?.aws_secretsmanager_secrets ?? {});
    expect(lists).toHaveLength(1);
    expect(lists).toMatchObject([
      {
        lifecycle: { postcondition: [{ error_message: expect.stringContaining("aws secretsmanager create-secret") }] },
      },
    ]);
  },
  "secret-delivery": () => {
    expect(release("external-secrets").version).toBe("2.9.0");
    expect(release("reloader").name).toBe("reloader");
    expect(named(app, "kubernetes_deployment_v1", "my-app-backend")).toHaveProperty(
      ["metadata", "annotations", "secret.reloader.stakater.com/reload"],
      "my-app-secrets",
    );
  },
  "workload-identity": () => {
    expect(
      all(app, "aws_eks_pod_identity_association")
        .map((block) => block.service_account)
        .sort(),
    ).toEqual(["my-app-backend", "my-app-consumer"]);
    expect(synthesis.files["stacks/production/cdk.tf.json"]).not.toContain("aws_iam_access_key");
  },
  "release-jobs": () => {
    expect(jobs()).toContain("my-app-migrate");
    for (const job of all(app, "kubernetes_job_v1")) expect(job.wait_for_completion).toBe(true);
    expect(deployment("my-app-backend")).toMatch(/kubernetes_job_v1\.[\w-]*job-my-app-migrate/);
  },
  "network-policies": () => {
    expect(named(app, "kubernetes_network_policy_v1", "default-deny")).toMatchObject({
      spec: { pod_selector: {}, policy_types: ["Ingress", "Egress"] },
    });
    expect(JSON.stringify(all(cluster, "aws_eks_addon"))).toContain("enableNetworkPolicy");
  },
  "shared-volumes": () => {
    expect(only(cluster, "aws_efs_backup_policy")).toMatchObject({ backup_policy: { status: "ENABLED" } });
    expect(named(platform, "kubernetes_storage_class_v1", "efs")).toMatchObject({
      storage_provisioner: "efs.csi.aws.com",
    });
    expect(only(app, "kubernetes_persistent_volume_claim_v1")).toMatchObject({
      spec: { access_modes: ["ReadWriteMany"] },
    });
  },
  "zonal-volumes": () => {
    expect(named(platform, "kubernetes_storage_class_v1", "gp3")).toMatchObject({
      metadata: { annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
      parameters: { type: "gp3", encrypted: "true" },
      allow_volume_expansion: true,
    });
  },
  "client-address": () => {
    expect(String(release("traefik").values)).toContain("preserve_client_ip.enabled=true");
    expect(release("aws-load-balancer-controller").namespace).toBe("kube-system");
  },
  "lossless-rollout": () => {
    expect(named(platform, "kubernetes_namespace_v1", "traefik")).toHaveProperty(
      ["metadata", "labels", "elbv2.k8s.aws/pod-readiness-gate-inject"],
      "enabled",
    );
    for (const name of ["my-app-backend", "my-app-frontend"]) expect(deployment(name)).toContain('"pre_stop"');
  },
  "node-autoscaling": () => {
    expect(String(release("karpenter-objects").values)).toContain("kind: NodePool");
    expect(all(cluster, "aws_cloudwatch_event_rule")).toHaveLength(4);
  },
  "system-nodes": () => {
    expect(only(cluster, "aws_eks_node_group").taint).toEqual([
      { key: "CriticalAddonsOnly", value: "true", effect: "NO_SCHEDULE" },
    ]);
  },
  quota: () => {
    const { hard } = only(app, "kubernetes_resource_quota_v1").spec as { hard: Record<string, string> };
    // The autoscalers' maxima with a rolling update above them, and every Job.
    expect(Number(hard.pods)).toBeGreaterThan(10 + 6 + 2 + 3);
  },
  "honest-probes": () => {
    expect(JSON.stringify(named(app, "kubernetes_config_map_v1", "my-app-backend.server"))).toContain(
      "pm.status_listen",
    );
    expect(deployment("my-app-backend")).toMatch(/php-fpm-healthcheck","--listen-queue=\d+/);
  },
  "kept-definitions": () => {
    for (const name of ["cert-manager", "external-secrets", "karpenter-crd"]) {
      expect(String(release(name).values)).toMatch(/keep/);
    }
  },
};

function jobs(): string[] {
  return all(app, "kubernetes_job_v1").map(({ metadata }) =>
    (metadata as { name: string }).name.replace(/-[0-9a-f]{8}$/, ""),
  );
}

describe.each([["AWS", AWS, aws]] as const)("%s has", (_cloud, assertions, column) => {
  test.each(Object.entries(CAPABILITIES) as [CapabilityName, string][])("%s: %s", (name) => {
    const entry = column[name];
    if ("missing" in entry) expect(entry.missing.length).toBeGreaterThan(20);
    else assertions[name]();
  });
});

test("the document has the table: `npm run docs` writes it", () => {
  expect(readFileSync("docs/capabilities.md", "utf8")).toContain(
    `<!-- table -->\n${capabilitiesTable()}\n<!-- /table -->`,
  );
});
