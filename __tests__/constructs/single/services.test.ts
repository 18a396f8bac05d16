import { type TerraformStack, TerraformVariable } from "cdktf";
import { awsServices } from "../../../constructs/clouds/aws";
import { azureServices } from "../../../constructs/clouds/azure";
import {
  type Connection,
  http,
  ManagedMysql,
  type ManagedMysqlProps,
  ManagedRedis,
  type ManagedRedisProps,
  ObjectBucket,
  RabbitmqCluster,
  WorkloadDeployment,
} from "../../../constructs/goldenpath";
import { ACCOUNT, AZURE, NETWORK, on, onAws, onAzure, onGoogle, types } from "./places";
import { addresses, refusal } from "./support";

const at = { environment: "staging", application: "shop" };
const orders = { ...at, name: "orders" };

describe("ManagedMysql", () => {
  test("on AWS is RDS with all that it needs", () => {
    const stack = on("aws", (scope) => new ManagedMysql(scope, "orders", { ...orders, place: onAws }));
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
      ...{ identifier: "staging-shop-orders", multi_az: true, storage_encrypted: true, publicly_accessible: false },
      ...{ deletion_protection: true, backup_retention_period: 14, lifecycle: { prevent_destroy: true } },
    });
    expect(Object.keys(stack.resource["aws_db_instance"] ?? {})).toEqual(["orders_Services_orders_B2297AF2"]);
  });

  test("on AWS its password is its own and stays, as nobody makes other users", () => {
    const stack = on("aws", (scope) => new ManagedMysql(scope, "orders", { ...orders, place: onAws }));
    const [instance] = Object.values(stack.resource["aws_db_instance"] ?? {});
    expect(instance).not.toHaveProperty("manage_master_user_password");
    expect(instance).not.toHaveProperty("password");
    const { ephemeral } = stack as unknown as { ephemeral: Record<string, Record<string, object>> };
    const [id] = Object.keys(ephemeral["aws_secretsmanager_secret_version"] ?? {});
    expect(instance).toMatchObject({
      username: "admin",
      password_wo: `\${jsondecode(ephemeral.aws_secretsmanager_secret_version.${id ?? ""}.secret_string).password}`,
      password_wo_version: 1,
    });
    const [version] = Object.keys(stack.resource["aws_secretsmanager_secret_version"] ?? {});
    const address = `aws_secretsmanager_secret_version.${version ?? ""}`;
    expect(ephemeral["aws_secretsmanager_secret_version"]?.[id ?? ""]).toMatchObject({
      secret_id: `\${${address}.secret_id}`,
      version_id: `\${${address}.version_id}`,
    });
    // RDS may refuse to go, and its password has to stay so long.
    expect(instance?.["depends_on"]).toContain(address);
    // RDS for MySQL takes 41 characters.
    expect(Object.values(ephemeral["random_password"] ?? {})).toMatchObject([{ length: 40 }]);
    const [secret] = Object.values(stack.resource["aws_secretsmanager_secret"] ?? {});
    expect(secret).toMatchObject({ name: "staging/shop/orders", lifecycle: { prevent_destroy: true } });
  });

  test("on Google Cloud is Cloud SQL", () => {
    const stack = on("google", (scope) => new ManagedMysql(scope, "orders", { ...orders, place: onGoogle }));
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
    expect(instance).toMatchObject({ deletion_protection: true, settings: { availability_type: "REGIONAL" } });
  });

  test("on Azure is a flexible server in a resource group of its own", () => {
    const stack = on("azure", (scope) => new ManagedMysql(scope, "orders", { ...orders, place: onAzure }));
    expect(types(stack)).toEqual([
      "azurerm_key_vault_key",
      "azurerm_key_vault_secret",
      "azurerm_management_lock",
      "azurerm_monitor_diagnostic_setting",
      "azurerm_mysql_flexible_database",
      "azurerm_mysql_flexible_server",
      expect.stringMatching(/^azurerm_mysql_flexible_server_configuration × \d+$/),
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
      found.push(new ManagedMysql(scope, "orders", { ...orders, place, database: "shop" }).connection),
    );
    expect(found).toMatchObject([
      { parts: { port: { value: "3306" }, database: {}, password: { secret: {} } }, tls: true },
    ]);
    expect(Object.keys(found[0]?.parts ?? {}).sort()).toEqual(["database", "host", "password", "port", "username"]);
  });

  test("sizes, parameters and protection are those of services of an environment", () => {
    const props: ManagedMysqlProps = {
      ...{ ...orders, place: onAws, profile: "small", protect: false, size: "large", storage: "50Gi" },
      ...{ parameters: { innodb_lock_wait_timeout: "20" }, version: "8.0" },
    };
    const stack = on("aws", (scope) => new ManagedMysql(scope, "orders", props));
    const [instance] = Object.values(stack.resource["aws_db_instance"] ?? {});
    expect(instance).toMatchObject({
      ...{ multi_az: false, deletion_protection: false, skip_final_snapshot: true, allocated_storage: 50 },
      ...{ engine_version: "8.0", backup_retention_period: 3 },
    });
    expect(instance?.lifecycle).not.toHaveProperty("prevent_destroy", true);
    expect(JSON.stringify(stack.resource["aws_db_parameter_group"])).toContain("innodb_lock_wait_timeout");
  });

  test("says every mistake at once, where it stands", () => {
    const place = awsServices({ region: "eu-central-1", accountId: "11" });
    const wrong = {
      ...{ ...orders, application: "Shop", place, database: "my db", size: "huge", passwords: 2 },
      ...{ eviction: "allkeys-lru", protect: "yes" },
    };
    expect(refusal((scope) => new ManagedMysql(scope, "orders", wrong as never))).toEqual([
      'shop.orders.application: got "Shop"; use lower-case letters, digits and hyphens, a letter first and no hyphen last',
      'shop.orders.protect: got "yes"; use a boolean',
      "shop.orders.passwords: is for users of workloads, and here there are none; remove it",
      'shop.orders.place.accountId: got "11"; use the account\'s twelve digits',
      'shop.orders.database: got "my db"; use up to 64 letters, digits and underscores, a letter first',
      'shop.orders.size: got "huge"; use "small", "medium", "large" or "xlarge"',
      expect.stringMatching(/^shop\.orders\.eviction: unknown field; remove it/),
    ]);
  });

  test("a place without the network is refused, each in its words", () => {
    const alone = awsServices({ region: "eu-central-1", accountId: ACCOUNT });
    expect(refusal((scope) => new ManagedMysql(scope, "orders", { ...orders, place: alone }))).toEqual([
      "shop.orders.place.network: missing, and mysql has its address in one; give { vpcId, subnetIds, clientSecurityGroupId }",
    ]);
    expect(refusal((scope) => new ManagedMysql(scope, "orders", { ...orders, place: azureServices(AZURE) }))).toEqual([
      "shop.orders.place.mysql: missing, and mysql has its address there; give it",
    ]);
    const place = azureServices({ ...AZURE, endpoints: { subnetId: AZURE.keyVaultId } });
    const cache: ManagedRedisProps = { ...at, name: "sessions", place };
    expect(refusal((scope) => new ManagedRedis(scope, "sessions", cache))).toEqual([
      "shop.sessions.place.endpoints.redisZoneId: missing, and names of redis are looked up in it; give the id of privatelink.redis.azure.net",
    ]);
  });

  test("ids may be references", () => {
    const stack = on("aws", (scope) => {
      const vpcId = new TerraformVariable(scope, "vpc", { type: "string" }).stringValue;
      const subnetIds = new TerraformVariable(scope, "subnets", { type: "list(string)" }).listValue;
      const place = awsServices({
        region: "eu-central-1",
        accountId: ACCOUNT,
        network: { ...NETWORK, vpcId, subnetIds },
      });
      new ManagedMysql(scope, "orders", { ...orders, place });
    });
    expect(JSON.stringify(stack.resource["aws_security_group"])).toContain("${var.vpc}");
    expect(JSON.stringify(stack.resource["aws_db_subnet_group"])).toContain('"subnet_ids":"${var.subnets}"');
  });
});

describe("two of a kind", () => {
  test.each([
    ["aws", onAws],
    ["azure", onAzure],
    ["google", onGoogle],
  ] as const)("on %s have no name in common, and the second replaces nothing of the first", (cloud, place) => {
    const make = (scope: TerraformStack, name: string): ManagedMysql =>
      new ManagedMysql(scope, name, { ...at, name, place });
    const first = on(cloud, (scope) => make(scope, "orders"));
    const both = on(cloud, (scope) => [make(scope, "orders"), make(scope, "reports")]);
    for (const [type, ids] of Object.entries(first.resource)) {
      for (const [id, block] of Object.entries(ids)) expect(both.resource[type]?.[id]).toEqual(block);
    }
    expect(addresses(both)).toHaveLength(2 * addresses(first).length);
    // Parts of a server have names in it, and an expression is told apart by what it refers to.
    const within = /_(configuration|database|user|lock|diagnostic_setting)$/;
    for (const [type, ids] of Object.entries(both.resource)) {
      const names = Object.values(ids).map(({ name, key_ring: ring }) => JSON.stringify([name, ring]));
      if (!within.test(type) && Object.values(ids).every(({ name }) => typeof name === "string")) {
        expect({ type, names: new Set(names).size }).toEqual({ type, names: names.length });
      }
    }
  });
});

describe("ManagedRedis", () => {
  test.each([
    ["aws", onAws, "aws_elasticache_replication_group"],
    ["azure", onAzure, "azurerm_managed_redis"],
    ["google", onGoogle, "google_redis_instance"],
  ] as const)("on %s", (cloud, place, type) => {
    const found: ManagedRedis[] = [];
    const stack = on(cloud, (scope) => {
      found.push(new ManagedRedis(scope, "cache", { ...at, name: "cache", place }));
    });
    expect(Object.keys(stack.resource[type] ?? {})).toHaveLength(1);
    expect(found[0]?.connection.parts).toMatchObject({ host: {}, password: { secret: {} } });
    expect(found[0]?.resources(type)).toHaveLength(1);
  });
});

test("a cache has a machine and parameters as in an environment", () => {
  const props: ManagedRedisProps = {
    ...{ ...at, name: "cache", place: onAws, machine: "cache.r7g.large", parameters: { timeout: "300" } },
  };
  const stack = on("aws", (scope) => new ManagedRedis(scope, "cache", props));
  const [group] = Object.values(stack.resource["aws_elasticache_replication_group"] ?? {});
  expect(group).toMatchObject({ node_type: "cache.r7g.large" });
  expect(JSON.stringify(stack.resource["aws_elasticache_parameter_group"])).toContain('"name":"timeout"');
});

test("what a cloud has not is refused, without a word of what only environments can say", () => {
  const props = { ...at, name: "cache", place: onGoogle, passwords: 2 };
  expect(refusal((scope) => new ManagedRedis(scope, "cache", props))).toEqual([
    "shop.cache.passwords: got 2, Memorystore makes the password itself and takes no other from Terraform; remove it",
  ]);
});

describe("RabbitmqCluster", () => {
  test("is Amazon MQ, and its connection the port of AMQP", () => {
    const found: Connection[] = [];
    const stack = on("aws", (scope) => {
      found.push(new RabbitmqCluster(scope, "events", { ...at, name: "events", place: onAws }).connection);
    });
    expect(types(stack)).toEqual([
      "aws_kms_alias",
      "aws_kms_key",
      "aws_mq_broker",
      "aws_secretsmanager_secret",
      "aws_secretsmanager_secret_version",
      "aws_security_group",
      "aws_vpc_security_group_ingress_rule × 2",
      "random_password",
    ]);
    expect(found[0]?.parts).toMatchObject({
      port: { value: "5671" },
      username: { secret: {} },
      password: { secret: {} },
    });
  });

  test.each([
    ["Azure", onAzure],
    ["Google Cloud", onGoogle],
  ])("is refused on %s, with the reason", (title, place) => {
    expect(refusal((scope) => new RabbitmqCluster(scope, "events", { ...at, name: "events", place }))).toEqual([
      expect.stringMatching(
        new RegExp(`^shop\\.events\\.place: ${title} has no managed rabbitmq: .*; use a place that has it$`),
      ),
    ]);
  });
});

describe("ObjectBucket", () => {
  test("is a private bucket of S3, and needs no network", () => {
    const place = awsServices({ region: "eu-central-1", accountId: ACCOUNT });
    const stack = on("aws", (scope) => new ObjectBucket(scope, "files", { ...at, name: "files", place }));
    expect(types(stack)).toEqual([
      "aws_kms_alias",
      "aws_kms_key",
      "aws_s3_bucket",
      "aws_s3_bucket_lifecycle_configuration",
      "aws_s3_bucket_ownership_controls",
      "aws_s3_bucket_policy",
      "aws_s3_bucket_public_access_block",
      "aws_s3_bucket_server_side_encryption_configuration",
      "aws_s3_bucket_versioning",
    ]);
  });

  test("goes before its key, as S3 may refuse to delete it", () => {
    const stack = on("aws", (scope) => new ObjectBucket(scope, "files", { ...at, name: "files", place: onAws }));
    const [bucket] = Object.values(stack.resource["aws_s3_bucket"] ?? {});
    const [key] = Object.keys(stack.resource["aws_kms_key"] ?? {});
    expect(bucket?.["depends_on"]).toEqual([`aws_kms_key.${key ?? ""}`]);
  });

  test("has the lifecycle and the pages of a bucket of an application", () => {
    const settings = {
      cors: [{ origins: ["https://shop.example.com"], methods: ["GET" as const] }],
      lifecycle: { expireAfterDays: { "exports/": 30 } },
    };
    const stack = on(
      "aws",
      (scope) => new ObjectBucket(scope, "files", { ...at, name: "files", place: onAws, ...settings }),
    );
    expect(types(stack)).toContain("aws_s3_bucket_cors_configuration");
    expect(JSON.stringify(stack.resource["aws_s3_bucket_lifecycle_configuration"])).toContain('"days":30');
    const wrong = { ...at, name: "files", place: onAws, cors: [{ origins: ["web"] }] };
    expect(refusal((scope) => new ObjectBucket(scope, "files", wrong as never))).toEqual(
      expect.arrayContaining([expect.stringMatching(/^shop\.files\.cors\[0\]/)]),
    );
  });

  test.each([
    ["azure", onAzure],
    ["google", onGoogle],
  ])("is refused on %s, where only workloads sign in", (_, place) => {
    expect(refusal((scope) => new ObjectBucket(scope, "files", { ...at, name: "files", place }))).toEqual([
      expect.stringMatching(/^shop\.files\.place: .*workload.*; make it with an application$/),
    ]);
  });
});

test("a WorkloadDeployment takes one as a service", () => {
  const stack = on("aws", (scope) => {
    const database = new ManagedMysql(scope, "orders", { ...orders, place: onAws });
    new WorkloadDeployment(scope, "web", {
      ...{ namespace: "shop", owner: "team-shop", name: "web" },
      workload: http({ image: "registry.example.com/web:v1", needs: ["orders"] }),
      services: { orders: database },
      secretStore: { kind: "ClusterSecretStore", name: "cloud" },
    });
  });
  const text = JSON.stringify(stack.resource["kubernetes_manifest"]);
  expect(text).toContain('"remoteRef":{"key":"${aws_secretsmanager_secret_version.');
  expect(text).toContain('"property":"password","version":"uuid/${aws_secretsmanager_secret_version.');
});
