import { azure } from "../../../constructs/clouds/azure";
import { guarantees } from "../../../constructs/clouds/azure/guarantees";
import { AZURE_PROPS } from "../../support/azure-environment";
import { type Block, named } from "../../support/reference";
import { namesSay } from "./another-region";
import { all, type Assertions, type Column, only, productionOn, promises } from "./column";
import { inEveryCluster, rabbitmqStandby, recordsWhatIsKept } from "./kubernetes";

/** What production has on Azure. */
export function azureColumn(): Column {
  const stacks = productionOn(guarantees);
  const { cluster, platform, app } = stacks;
  const server = only(cluster, "azurerm_kubernetes_cluster");
  const database = only(app, "azurerm_mysql_flexible_server");
  const redis = only(app, "azurerm_managed_redis");
  const account = only(app, "azurerm_storage_account");
  const secrets = (part: string): Block[] =>
    Object.entries(app.resource.azurerm_key_vault_secret ?? {}).flatMap(([id, block]) =>
      id.includes(part) ? [block] : [],
    );
  const pools = (mode: string): Block[] =>
    all(cluster, "azurerm_kubernetes_cluster_node_pool").filter((block) => block.mode === mode);

  const assertions: Assertions = {
    ...inEveryCluster(stacks),
    "private-network": () => {
      expect(all(cluster, "azurerm_nat_gateway").map(({ zones }) => zones)).toEqual([["1"], ["2"], ["3"]]);
      for (const subnet of all(cluster, "azurerm_subnet")) {
        expect(subnet).toMatchObject({ default_outbound_access_enabled: false });
      }
      expect(only(cluster, "azurerm_network_watcher_flow_log")).toMatchObject({
        enabled: true,
        target_resource_id: expect.stringContaining("azurerm_virtual_network."),
      });
      for (const block of [database, redis]) {
        expect([block.public_network_access]).toEqual(["Disabled"]);
      }
      expect(account).toMatchObject({ public_network_access_enabled: false });
    },
    "closed-api": () => {
      expect(server).toMatchObject({
        local_account_disabled: true,
        azure_active_directory_role_based_access_control: { azure_rbac_enabled: true },
        api_server_access_profile: {
          virtual_network_integration_enabled: true,
          authorized_ip_ranges: ["203.0.113.0/24"],
        },
        run_command_enabled: false,
      });
    },
    "encrypted-secrets": () => {
      expect(server).toHaveProperty("key_management_service.key_vault_key_id");
      expect(server).toMatchObject({ disk_encryption_set_id: expect.stringContaining("azurerm_disk_encryption_set.") });
      for (const block of [database, redis, account]) {
        expect(block).toHaveProperty(
          "customer_managed_key.key_vault_key_id",
          expect.stringContaining("azurerm_key_vault_key.my-app_DataKey"),
        );
      }
    },
    "deletion-protection": () => {
      recordsWhatIsKept(stacks);
      for (const block of [server, database, redis, account]) {
        expect(block).toMatchObject({ lifecycle: { prevent_destroy: true } });
      }
      const locked = [...all(cluster, "azurerm_management_lock"), ...all(app, "azurerm_management_lock")];
      expect(locked.map(({ lock_level }) => lock_level)).toEqual(locked.map(() => "CanNotDelete"));
      const scopes = locked.map(({ scope }) => String(scope)).join();
      for (const type of ["kubernetes_cluster", "mysql_flexible_server", "managed_redis", "storage_account"]) {
        expect(scopes).toContain(`azurerm_${type}.`);
      }
      for (const vault of all(cluster, "azurerm_key_vault")) {
        expect(vault).toMatchObject({ purge_protection_enabled: true });
      }
    },
    standby: () => {
      expect(database).toMatchObject({ high_availability: { mode: "ZoneRedundant" } });
      expect(redis).toMatchObject({ high_availability_enabled: true });
      expect(account).toMatchObject({ account_replication_type: "ZRS" });
      rabbitmqStandby(stacks);
    },
    "point-in-time-recovery": () => {
      expect(database.backup_retention_days).toBeGreaterThanOrEqual(14);
      expect(account).toHaveProperty("blob_properties.versioning_enabled", true);
    },
    "copies-elsewhere": "missing",
    "recovery-promises": promises(guarantees, ["cache", "events", "backend/uploads"]),
    "another-region": namesSay(azure({ ...AZURE_PROPS, regionInNames: true }), AZURE_PROPS.location),
    "tls-to-services": () => {
      const parameters = all(app, "azurerm_mysql_flexible_server_configuration");
      expect(parameters).toContainEqual(expect.objectContaining({ name: "require_secure_transport", value: "ON" }));
      expect(redis).toHaveProperty("default_database.client_protocol", "Encrypted");
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
      const users = secrets("Users");
      expect(users).toHaveLength(7);
      for (const { name, value_wo_version } of users) {
        expect([String(name).endsWith("--v1"), value_wo_version]).toEqual([true, 1]);
      }
      expect(database).toMatchObject({ administrator_password_wo_version: 1 });
    },
    "secrets-out-of-state": () => {
      for (const secret of secrets("Users")) {
        expect(secret).not.toHaveProperty("value");
        expect(secret.value_wo).toContain("ephemeral.random_password.");
      }
      expect(database).not.toHaveProperty("administrator_password");
      expect(database.administrator_password_wo).toContain("ephemeral.azurerm_key_vault_secret.");
    },
    "required-secrets": () => {
      const [list, ...others] = Object.values(app.data?.azurerm_key_vault_secrets ?? {});
      expect(others).toEqual([]);
      expect(JSON.stringify(list)).toContain("az keyvault secret set");
    },
    "workload-identity": () => {
      expect(server).toMatchObject({ oidc_issuer_enabled: true, workload_identity_enabled: true });
      // Workloads themselves need nothing of Azure here: the gateway of the bucket does.
      expect(all(app, "azurerm_federated_identity_credential").map(({ subject }) => subject)).toEqual([
        "system:serviceaccount:my-app-prod:my-app-uploads",
      ]);
      expect(stacks.text).not.toContain("azuread_application_password");
    },
    "network-policies": () => {
      expect(server).toMatchObject({ network_profile: { network_policy: "cilium", network_data_plane: "cilium" } });
      expect(named(app, "kubernetes_network_policy_v1", "default-deny")).toMatchObject({
        spec: { pod_selector: {}, policy_types: ["Ingress", "Egress"] },
      });
    },
    "shared-volumes": "missing",
    "zonal-volumes": () => {
      expect(named(platform, "kubernetes_storage_class_v1", "azure-disk")).toMatchObject({
        metadata: { annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
        parameters: { diskEncryptionSetID: expect.stringContaining("diskEncryptionSets/"), skuName: "Premium_LRS" },
        allow_volume_expansion: true,
      });
    },
    "client-address": () => {
      expect(String(stacks.release("traefik").values)).toContain("externalTrafficPolicy: Local");
    },
    "lossless-rollout": () => {
      const values = String(stacks.release("traefik").values);
      expect(values).toContain('azure-load-balancer-health-probe-interval: "5"');
      expect(values).toMatch(/preStop:\s+sleep:\s+seconds: 30/);
      for (const name of ["my-app-backend", "my-app-frontend"]) {
        expect(stacks.deployment(name)).toContain('"pre_stop"');
      }
    },
    "node-autoscaling": () => {
      const general = pools("User");
      expect(general.map(({ zones }) => zones)).toEqual([["1"], ["2"], ["3"]]);
      for (const pool of general) expect(pool).toMatchObject({ auto_scaling_enabled: true, max_count: 4 });
      expect(server).toMatchObject({ auto_scaler_profile: { balance_similar_node_groups: true } });
    },
    "system-nodes": () => {
      expect(server).toMatchObject({ default_node_pool: { only_critical_addons_enabled: true } });
      for (const pool of pools("System")) {
        expect(pool).toMatchObject({ node_taints: ["CriticalAddonsOnly=true:NoSchedule"] });
      }
    },
    "cloud-alarms": () => {
      for (const type of [
        "azurerm_monitor_metric_alert",
        "azurerm_monitor_activity_log_alert",
        "azurerm_monitor_action_group",
      ]) {
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
  return { title: "Azure", guarantees, assertions };
}
