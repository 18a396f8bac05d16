import { awsServices } from "../../../../constructs/clouds/aws";
import { azureServices } from "../../../../constructs/clouds/azure";
import { type Connection, http, WorkloadDeployment } from "../../../../constructs/goldenpath";
import { ManagedPostgresql, type ManagedPostgresqlProps } from "../../../../constructs/kinds/postgresql";
import { ACCOUNT, AZURE, on, onAws, onAzure, onGoogle, types } from "../../single/places";
import { refusal } from "../../single/support";

/* A PostgreSQL server by itself, in a stack of any class. */

const ledger = { environment: "staging", application: "shop", name: "ledger" };

test("on AWS is RDS with all that it needs", () => {
  const stack = on("aws", (scope) => new ManagedPostgresql(scope, "ledger", { ...ledger, place: onAws }));
  expect(types(stack)).toEqual([
    "aws_cloudwatch_log_group × 2",
    "aws_db_instance",
    "aws_db_parameter_group",
    "aws_db_subnet_group",
    "aws_iam_role",
    "aws_iam_role_policy_attachment",
    "aws_kms_alias",
    "aws_kms_key",
    "aws_secretsmanager_secret",
    "aws_secretsmanager_secret_version",
    "aws_security_group",
    "aws_vpc_security_group_ingress_rule",
    "random_id",
  ]);
  const [instance] = Object.values(stack.resource["aws_db_instance"] ?? {});
  expect(instance).toMatchObject({
    ...{ identifier: "staging-shop-ledger", engine: "postgres", multi_az: true, storage_encrypted: true },
    ...{ deletion_protection: true, backup_retention_period: 14, lifecycle: { prevent_destroy: true } },
  });
  expect(instance).not.toHaveProperty("manage_master_user_password");
  expect(instance).not.toHaveProperty("password");
});

test("on Google Cloud is Cloud SQL", () => {
  const stack = on("google", (scope) => new ManagedPostgresql(scope, "ledger", { ...ledger, place: onGoogle }));
  expect(types(stack)).toEqual([
    "google_dns_managed_zone",
    "google_dns_record_set",
    "google_kms_crypto_key",
    "google_kms_crypto_key_iam_member × 2",
    "google_kms_key_ring",
    "google_secret_manager_secret",
    "google_secret_manager_secret_version",
    "google_sql_database",
    "google_sql_database_instance",
    "google_sql_user",
    "random_id × 2",
    "time_sleep × 2",
  ]);
  const [instance] = Object.values(stack.resource["google_sql_database_instance"] ?? {});
  expect(instance).toMatchObject({
    ...{ database_version: "POSTGRES_17", deletion_protection: true, settings: { availability_type: "REGIONAL" } },
  });
});

test("on Azure is a flexible server behind a private endpoint, in a resource group of its own", () => {
  const stack = on("azure", (scope) => new ManagedPostgresql(scope, "ledger", { ...ledger, place: onAzure }));
  expect(types(stack)).toEqual([
    "azurerm_key_vault_key",
    "azurerm_key_vault_secret",
    "azurerm_management_lock",
    "azurerm_monitor_diagnostic_setting",
    "azurerm_postgresql_flexible_server",
    expect.stringMatching(/^azurerm_postgresql_flexible_server_configuration × \d+$/),
    "azurerm_postgresql_flexible_server_database",
    "azurerm_private_endpoint",
    "azurerm_resource_group",
    "azurerm_role_assignment",
    "azurerm_user_assigned_identity",
    "time_sleep",
  ]);
});

test.each([
  ["aws", onAws],
  ["azure", onAzure],
  ["google", onGoogle],
] as const)("on %s its connection is the administrator's, the password a place in the store", (cloud, place) => {
  const found: Connection[] = [];
  on(cloud, (scope) =>
    found.push(new ManagedPostgresql(scope, "ledger", { ...ledger, place, database: "ledger" }).connection),
  );
  expect(found).toMatchObject([
    { parts: { port: { value: "5432" }, database: {}, password: { secret: {} } }, tls: true },
  ]);
  expect(Object.keys(found[0]?.parts ?? {}).sort()).toEqual(["database", "host", "password", "port", "username"]);
});

test("sizes, parameters and protection are those of services of an environment", () => {
  const props: ManagedPostgresqlProps = {
    ...{ ...ledger, place: onAws, profile: "small", protect: false, size: "large", storage: "50Gi" },
    ...{ parameters: { work_mem: "16384" }, version: "18" },
  };
  const stack = on("aws", (scope) => new ManagedPostgresql(scope, "ledger", props));
  const [instance] = Object.values(stack.resource["aws_db_instance"] ?? {});
  expect(instance).toMatchObject({
    ...{ multi_az: false, deletion_protection: false, skip_final_snapshot: true, allocated_storage: 50 },
    ...{ engine_version: "18", backup_retention_period: 3 },
  });
  expect(instance?.lifecycle).not.toHaveProperty("prevent_destroy", true);
  expect(JSON.stringify(stack.resource["aws_db_parameter_group"])).toContain("work_mem");
});

test("says every mistake at once, where it stands", () => {
  const place = awsServices({ region: "eu-central-1", accountId: "11" });
  const wrong = { ...ledger, place, database: "My db", size: "huge", passwords: 2, protect: "yes", version: "9" };
  expect(refusal((scope) => new ManagedPostgresql(scope, "ledger", wrong as never))).toEqual([
    'shop.ledger.protect: got "yes"; use a boolean',
    "shop.ledger.passwords: is for users of workloads, and here there are none; remove it",
    'shop.ledger.place.accountId: got "11"; use the account\'s twelve digits',
    'shop.ledger.database: got "My db"; use up to 63 small letters, digits and underscores, a letter first',
    'shop.ledger.version: got "9"; use "17" or "18"',
    'shop.ledger.size: got "huge"; use "small", "medium", "large" or "xlarge"',
  ]);
});

test("a place without the network is refused, each in its words", () => {
  const alone = awsServices({ region: "eu-central-1", accountId: ACCOUNT });
  const inPlace = (place: ManagedPostgresqlProps["place"]) =>
    refusal((scope) => new ManagedPostgresql(scope, "ledger", { ...ledger, place }));
  expect(inPlace(alone)).toEqual([
    "shop.ledger.place.network: missing, and postgresql has its address in one; give { vpcId, subnetIds, clientSecurityGroupId }",
  ]);
  expect(inPlace(azureServices(AZURE))).toEqual([
    "shop.ledger.place.endpoints: missing, and postgresql has its address there; give it",
  ]);
  // The zone of Redis is another's: nobody is asked for it.
  const endpoints = { subnetId: AZURE.keyVaultId };
  expect(inPlace(azureServices({ ...AZURE, endpoints }))).toEqual([
    'shop.ledger.place.endpoints.zones["privatelink.postgres.database.azure.com"]: missing, and names of postgresql are looked up in it; ' +
      "give the id of the zone of this name",
  ]);
});

test("a WorkloadDeployment takes one as a service", () => {
  const stack = on("aws", (scope) => {
    const database = new ManagedPostgresql(scope, "ledger", { ...ledger, place: onAws });
    new WorkloadDeployment(scope, "web", {
      ...{ namespace: "shop", owner: "team-shop", name: "web" },
      workload: http({ image: "registry.example.com/web:v1", needs: ["ledger"] }),
      services: { ledger: database },
      secretStore: { kind: "ClusterSecretStore", name: "cloud" },
    });
  });
  const text = JSON.stringify(stack.resource["kubernetes_manifest"]);
  expect(text).toContain("sslmode=verify-full");
  expect(text).toContain('"property":"password","version":"uuid/${aws_secretsmanager_secret_version.');
});
