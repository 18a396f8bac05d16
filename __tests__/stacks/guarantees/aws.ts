import { aws } from "../../../constructs/clouds/aws";
import { guarantees } from "../../../constructs/clouds/aws/guarantees";
import type { EnvironmentSpec } from "../../../constructs/environment";
import { production } from "../../../environments/production";
import { AWS_PROPS } from "../../support/aws-environment";
import { problemsOf } from "../../support/input";
import { type Block, named, type Synthesis } from "../../support/reference";
import { namesSay } from "./another-region";
import { all, type Assertions, type Column, only, promises, Stacks } from "./column";
import { inEveryCluster, recordsWhatIsKept } from "./kubernetes";

/** What production has on AWS. */
export function awsColumn(synthesis: Synthesis): Column {
  const stacks = new Stacks(synthesis, "production");
  const { cluster, platform, app } = stacks;
  const secretVersions = (part: string): Block[] =>
    Object.entries(app.resource.aws_secretsmanager_secret_version ?? {}).flatMap(([id, block]) =>
      id.includes(part) ? [block] : [],
    );
  const assertions: Assertions = {
    ...inEveryCluster(stacks),
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
      recordsWhatIsKept(stacks);
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
    "recovery-promises": promises(guarantees, ["cache", "events", "backend/uploads"]),
    "copies-elsewhere": () => {
      const without = ["my-app/cache", "my-app/events"];
      const said = (backups: EnvironmentSpec["backups"]) => problemsOf({ ...production, backups });
      expect(said({ region: "eu-west-1", without })).toEqual([]);
      expect(said({ region: "eu-west-1" })).toEqual(
        without.map((name) => expect.stringContaining(`add "${name}" to backups.without`) as string),
      );
    },
    "another-region": namesSay(aws({ ...AWS_PROPS, regionInNames: true }), AWS_PROPS.region),
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
      expect(stacks.deployment("my-app-backend")).toContain("my-app-backend.connections");
      expect(named(app, "kubernetes_config_map_v1", "my-app-backend.connections")).toHaveProperty(
        ["data", "DATABASE_SSL_CA"],
        "/etc/goldenpath/ca/orders-db.pem",
      );
    },
    "password-generations": () => {
      for (const version of secretVersions("Users")) expect(version.secret_string_wo_version).toBe(1);
      const cache = Object.entries(app.resource.random_password ?? {}).find(([id]) => id.includes("cache"))?.[1];
      expect(cache).toMatchObject({ keepers: { generation: "1" } });
    },
    "secrets-out-of-state": () => {
      const versions = secretVersions("Users");
      expect(versions).toHaveLength(7);
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
          lifecycle: {
            postcondition: [{ error_message: expect.stringContaining("aws secretsmanager create-secret") }],
          },
        },
      ]);
    },
    "workload-identity": () => {
      expect(
        all(app, "aws_eks_pod_identity_association")
          .map((block) => block.service_account)
          .sort(),
      ).toEqual(["my-app-backend", "my-app-consumer"]);
      expect(stacks.text).not.toContain("aws_iam_access_key");
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
      expect(String(stacks.release("traefik").values)).toContain("preserve_client_ip.enabled=true");
      expect(stacks.release("aws-load-balancer-controller").namespace).toBe("kube-system");
    },
    "lossless-rollout": () => {
      expect(named(platform, "kubernetes_namespace_v1", "traefik")).toHaveProperty(
        ["metadata", "labels", "elbv2.k8s.aws/pod-readiness-gate-inject"],
        "enabled",
      );
      for (const name of ["my-app-backend", "my-app-frontend"]) expect(stacks.deployment(name)).toContain('"pre_stop"');
    },
    "node-autoscaling": () => {
      expect(String(stacks.release("karpenter-objects").values)).toContain("kind: NodePool");
      expect(all(cluster, "aws_cloudwatch_event_rule")).toHaveLength(4);
    },
    "system-nodes": () => {
      expect(only(cluster, "aws_eks_node_group").taint).toEqual([
        { key: "CriticalAddonsOnly", value: "true", effect: "NO_SCHEDULE" },
      ]);
    },
    "cloud-alarms": () => {
      for (const type of ["aws_cloudwatch_metric_alarm", "aws_cloudwatch_event_target", "aws_sns_topic_subscription"]) {
        expect(all(app, type).length).toBeGreaterThan(0);
      }
      expect(stacks.text).toMatch(/Runbook: https:/);
    },
    "kept-definitions": () => {
      for (const name of ["cert-manager", "external-secrets", "karpenter-crd"]) {
        expect(String(stacks.release(name).values)).toMatch(/keep/);
      }
    },
  };

  return { title: "AWS", guarantees, assertions };
}
