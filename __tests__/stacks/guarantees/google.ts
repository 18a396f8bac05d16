import { google } from "../../../constructs/clouds/google";
import { guarantees } from "../../../constructs/clouds/google/guarantees";
import { GOOGLE_PROPS } from "../../support/google-environment";
import { named } from "../../support/reference";
import { namesSay } from "./another-region";
import { all, type Assertions, type Column, only, productionOn, promises } from "./column";
import { inEveryCluster, rabbitmqStandby, recordsWhatIsKept } from "./kubernetes";

/** What production has on Google Cloud. */
export function googleColumn(): Column {
  const stacks = productionOn(guarantees);
  const { cluster, platform, app } = stacks;
  const container = only(cluster, "google_container_cluster");
  const database = only(app, "google_sql_database_instance");
  const redis = only(app, "google_redis_instance");
  const bucket = only(app, "google_storage_bucket");
  const versions = (part: string) =>
    Object.entries(app.resource.google_secret_manager_secret_version ?? {}).flatMap(([id, block]) =>
      id.includes(part) ? [block] : [],
    );
  const pool = (group: string) =>
    all(cluster, "google_container_node_pool").find((block) => block.name_prefix === `${group}-`);

  const assertions: Assertions = {
    ...inEveryCluster(stacks),
    "private-network": () => {
      expect(container).toHaveProperty("private_cluster_config.enable_private_nodes", true);
      expect(only(cluster, "google_compute_router_nat")).toMatchObject({ nat_ip_allocate_option: "MANUAL_ONLY" });
      for (const subnet of all(cluster, "google_compute_subnetwork")) {
        expect(subnet).toHaveProperty("log_config.metadata", "INCLUDE_ALL_METADATA");
      }
      expect(database).toHaveProperty("settings.ip_configuration.ipv4_enabled", false);
      expect(redis).toMatchObject({ connect_mode: "PRIVATE_SERVICE_ACCESS" });
      expect(pool("general")?.node_locations).toHaveLength(3);
    },
    "closed-api": () => {
      expect(container).toMatchObject({
        control_plane_endpoints_config: { dns_endpoint_config: { allow_external_traffic: false } },
        master_auth: { client_certificate_config: { issue_client_certificate: false } },
        master_authorized_networks_config: { gcp_public_cidrs_access_enabled: false },
        anonymous_authentication_config: { mode: "LIMITED" },
        enable_legacy_abac: false,
      });
      const open = JSON.stringify(container.master_authorized_networks_config);
      expect(open).not.toContain("0.0.0.0/0");
      expect(all(cluster, "google_project_iam_member").map(({ role }) => role)).toContain("roles/container.admin");
    },
    "encrypted-secrets": () => {
      expect(container).toMatchObject({
        database_encryption: { state: "ENCRYPTED", key_name: expect.stringContaining("google_kms_crypto_key.") },
      });
      for (const block of all(cluster, "google_container_node_pool")) {
        expect(block).toHaveProperty(
          "node_config.boot_disk_kms_key",
          expect.stringContaining("google_kms_crypto_key."),
        );
      }
      const key = expect.stringContaining("google_kms_crypto_key.my-app_DataKey");
      expect(database).toMatchObject({ encryption_key_name: key });
      expect(redis).toMatchObject({ customer_managed_key: key });
      expect(bucket).toMatchObject({ encryption: { default_kms_key_name: key } });
      expect(only(cluster, "google_logging_project_bucket_config")).toHaveProperty("cmek_settings.kms_key_name");
    },
    "deletion-protection": () => {
      recordsWhatIsKept(stacks);
      for (const block of [container, database, redis, bucket]) {
        expect(block).toMatchObject({ lifecycle: { prevent_destroy: true } });
      }
      expect(container).toMatchObject({ deletion_protection: true });
      expect(database).toMatchObject({
        deletion_protection: true,
        settings: { deletion_protection_enabled: true, retain_backups_on_delete: true },
      });
      expect(bucket).toMatchObject({ force_destroy: false });
    },
    standby: () => {
      expect(database).toHaveProperty("settings.availability_type", "REGIONAL");
      expect(redis).toMatchObject({ tier: "STANDARD_HA" });
      rabbitmqStandby(stacks);
    },
    "point-in-time-recovery": () => {
      expect(database).toMatchObject({
        settings: {
          backup_configuration: { enabled: true, binary_log_enabled: true, transaction_log_retention_days: 7 },
        },
      });
      expect(bucket).toMatchObject({ versioning: { enabled: true } });
    },
    "copies-elsewhere": "missing",
    "recovery-promises": promises(guarantees, ["cache", "events", "backend/uploads"]),
    "another-region": namesSay(google({ ...GOOGLE_PROPS, regionInNames: true }), GOOGLE_PROPS.region),
    "tls-to-services": () => {
      expect(database).toHaveProperty("settings.ip_configuration.ssl_mode", "ENCRYPTED_ONLY");
      expect(redis).toMatchObject({ transit_encryption_mode: "SERVER_AUTHENTICATION" });
      const bundles = named(app, "kubernetes_config_map_v1", "my-app.ca-bundles").data as Record<string, string>;
      expect(bundles["orders-db.pem"]).toMatch(/^\$\{google_sql_database_instance\..*server_ca_cert/);
      expect(bundles["cache.pem"]).toContain("server_ca_certs");
      expect(stacks.deployment("my-app-backend")).toContain("my-app-backend.connections");
      expect(named(app, "kubernetes_config_map_v1", "my-app-backend.connections")).toHaveProperty(
        ["data", "DATABASE_SSL_CA"],
        "/etc/goldenpath/ca/orders-db.pem",
      );
    },
    "password-generations": () => {
      for (const version of versions("Users")) expect(version.secret_data_wo_version).toBe(1);
      expect(only(app, "google_sql_user")).toMatchObject({ password_wo_version: 1 });
    },
    "secrets-out-of-state": () => {
      expect(versions("Users")).toHaveLength(7);
      for (const version of versions("Users")) {
        expect(version).not.toHaveProperty("secret_data");
        expect(version.secret_data_wo).toContain("ephemeral.random_password.");
      }
      expect(only(app, "google_sql_user").password_wo).toContain("ephemeral.random_password.");
    },
    "required-secrets": () => {
      const [list, ...others] = Object.values(app.data?.google_secret_manager_secrets ?? {});
      expect(others).toEqual([]);
      expect(list).toMatchObject({
        lifecycle: { postcondition: [{ error_message: expect.stringContaining("gcloud secrets create") }] },
      });
    },
    "workload-identity": () => {
      const members = all(app, "google_service_account_iam_member").map(({ member }) => String(member));
      expect(members.map((member) => /\[(.+)\]$/.exec(member)?.[1]).sort()).toEqual([
        "my-app-prod/my-app-backend",
        "my-app-prod/my-app-consumer",
      ]);
      expect(container).toHaveProperty("workload_identity_config.workload_pool");
      expect(stacks.text).not.toContain("google_service_account_key");
    },
    "network-policies": () => {
      expect(container).toMatchObject({ datapath_provider: "ADVANCED_DATAPATH" });
      expect(named(app, "kubernetes_network_policy_v1", "default-deny")).toMatchObject({
        spec: { pod_selector: {}, policy_types: ["Ingress", "Egress"] },
      });
    },
    "shared-volumes": () => {
      const files = named(platform, "kubernetes_storage_class_v1", "filestore");
      expect(files).toMatchObject({ storage_provisioner: "filestore.csi.storage.gke.io" });
      expect(files).toHaveProperty("parameters.tier", expect.stringMatching(/regional|enterprise/i));
      expect(only(platform, "kubernetes_cron_job_v1")).toHaveProperty("spec.schedule");
      expect(only(app, "kubernetes_persistent_volume_claim_v1")).toMatchObject({
        spec: { access_modes: ["ReadWriteMany"], storage_class_name: "filestore" },
      });
    },
    "zonal-volumes": () => {
      expect(named(platform, "kubernetes_storage_class_v1", "disk")).toMatchObject({
        metadata: { annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
        parameters: { "disk-encryption-kms-key": expect.stringMatching(/key_name\)\}\/disks$/) },
        allow_volume_expansion: true,
      });
    },
    "client-address": () => {
      expect(String(stacks.release("traefik").values)).toContain("externalTrafficPolicy: Local");
      expect(String(stacks.release("traefik").values)).toContain("cloud.google.com/l4-rbs: enabled");
    },
    "lossless-rollout": () => {
      expect(String(stacks.release("traefik").values)).toMatch(/preStop:\s+sleep:\s+seconds: 60/);
      for (const name of ["my-app-backend", "my-app-frontend"]) {
        expect(stacks.deployment(name)).toContain('"pre_stop"');
      }
    },
    "node-autoscaling": () => {
      expect(pool("general")).toMatchObject({
        autoscaling: { total_min_node_count: 3, total_max_node_count: 12 },
        upgrade_settings: { max_surge: 1, max_unavailable: 0 },
      });
    },
    "system-nodes": () => {
      expect(pool("system")).toHaveProperty("node_config.taint", [
        { key: "CriticalAddonsOnly", value: "true", effect: "NO_SCHEDULE" },
      ]);
      expect(pool("general")).not.toHaveProperty("node_config.taint");
    },
    "cloud-alarms": () => {
      for (const type of ["google_monitoring_alert_policy", "google_monitoring_notification_channel"]) {
        expect(all(app, type).length).toBeGreaterThan(0);
      }
      expect(stacks.text).toMatch(/Runbook: https:/);
    },
    "kept-definitions": () => {
      for (const name of ["cert-manager", "external-secrets"]) {
        expect(String(stacks.release(name).values)).toMatch(/keep/);
      }
    },
  };
  return { title: "Google Cloud", guarantees, assertions };
}
