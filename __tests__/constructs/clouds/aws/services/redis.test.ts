import { redis } from "../../../../../constructs/services/redis";
import { DATA_CIDRS, onAws } from "../../../../support/aws-application";
import { draft, production, staging } from "../../../../support/input";

const inProduction = onAws(production());
const group = inProduction.resource("aws_elasticache_replication_group");

test("production has a replica in another zone that takes over by itself", () => {
  expect(group).toMatchObject({
    engine: "valkey",
    engine_version: "8.1",
    node_type: "cache.m7g.large",
    num_cache_clusters: 2,
    automatic_failover_enabled: true,
    multi_az_enabled: true,
    snapshot_retention_limit: 14,
    final_snapshot_identifier: expect.stringMatching(/^production-shop-cache-final-\$\{random_id\.[^.]+\.hex\}$/),
    apply_immediately: false,
    lifecycle: { prevent_destroy: true },
  });
});

test("a version that ElastiCache moved on is no request for another cache", () => {
  for (const input of [production(), staging()])
    expect(onAws(input).resource("aws_elasticache_replication_group")["lifecycle"]).toMatchObject({
      ignore_changes: ["engine_version"],
    });
});

test("a small environment has one node and leaves nothing behind", () => {
  const small = onAws(staging()).resource("aws_elasticache_replication_group");
  expect(small).toMatchObject({
    node_type: "cache.t4g.small",
    num_cache_clusters: 1,
    automatic_failover_enabled: false,
    multi_az_enabled: false,
    lifecycle: { prevent_destroy: false },
  });
  expect(small).not.toHaveProperty("final_snapshot_identifier");
});

test("everything on the wire and on disk is encrypted", () => {
  expect(group).toMatchObject({
    transit_encryption_enabled: true,
    transit_encryption_mode: "required",
    at_rest_encryption_enabled: "true",
    kms_key_id: "${aws_kms_key.DataKey.arn}",
  });
  expect(inProduction.provided.connection("api", "cache")).toMatchObject({
    tls: true,
    endpoints: [{ cidrs: DATA_CIDRS, port: 6379 }],
  });
});

test("the only user has a password and cannot administer the server", () => {
  expect(inProduction.types["aws_elasticache_user"]).toBe(1);
  expect(inProduction.resource("aws_elasticache_user")).toMatchObject({
    user_name: "default",
    engine: "valkey",
    access_string: "on ~* &* +@all -@admin",
    authentication_mode: {
      type: "password",
      passwords: [expect.stringMatching(/^\$\{random_password\..*\.result\}$/)],
    },
  });
  expect(group["user_group_ids"]).toEqual([expect.stringContaining("aws_elasticache_user_group.")]);
});

test("the password reaches workloads through Secrets Manager, written without being kept", () => {
  expect(inProduction.resource("aws_secretsmanager_secret", "cache")).toMatchObject({
    name: "production/shop/cache",
    kms_key_id: "${aws_kms_key.DataKey.arn}",
    recovery_window_in_days: 30,
    lifecycle: { prevent_destroy: true },
  });
  const version = inProduction.resource("aws_secretsmanager_secret_version", "cache");
  expect(version).not.toHaveProperty("secret_string");
  expect(version["secret_string_wo"]).toMatch(
    /^\$\{jsonencode\(\{"username" = "default", "password" = random_password\./,
  );
  const { parts } = inProduction.provided.connection("api", "cache");
  const address = /^\$\{(aws_secretsmanager_secret_version\.Services_cache_Login_Version_\w+)\.secret_id\}$/;
  const password = inProduction.resolve(parts["password"]) as { secret: { key: string } };
  const [, login = ""] = address.exec(password.secret.key) ?? [];
  expect(password).toEqual({
    secret: { key: `\${${login}.secret_id}`, property: "password", version: `uuid/\${${login}.version_id}` },
  });
  expect(parts["username"]).toEqual({ value: "default" });
});

test("the user knows a password before the secret says so", () => {
  const version = inProduction.resource("aws_secretsmanager_secret_version", "cache");
  expect(version["depends_on"]).toEqual([
    expect.stringMatching(/^aws_elasticache_user\.Services_cache_UserGroup_User_[0-9A-F]{8}$/),
  ]);
});

test("replacing the password writes the secret again, as a write-only value is never compared", () => {
  const version = inProduction.resource("aws_secretsmanager_secret_version", "cache");
  expect(version["lifecycle"]).toEqual({
    // Bare: in JSON Terraform reads it as an expression, and "${...}" would be none.
    replace_triggered_by: [expect.stringMatching(/^random_password\.Services_cache_/)],
  });
  const { keepers, lifecycle } = inProduction.resource("random_password", "cache");
  expect(keepers).toEqual({ generation: "1" });
  // A rule that changes rotates nothing; the generation does.
  expect(lifecycle).toEqual({ ignore_changes: expect.arrayContaining(["length", "special"]) });
  expect(lifecycle).not.toMatchObject({ ignore_changes: expect.arrayContaining(["keepers"]) });
});

test.each([
  [1, ["Password"], { Password: "1" }],
  [2, ["Password2", "Password"], { Password: "1", Password2: "2" }],
  [3, ["Password", "Password2"], { Password: "3", Password2: "2" }],
  [4, ["Password2", "Password"], { Password: "3", Password2: "4" }],
])("generation %i: the new password first, and the one before it still signs in", (passwords, order, generations) => {
  const { environment, overlay } = draft();
  overlay.services = { cache: { passwords } };
  const given = onAws(environment);
  const ids = (
    JSON.parse(given.text) as { resource: { random_password: Record<string, { keepers?: { generation: string } }> } }
  ).resource.random_password;
  const mine = Object.entries(ids).filter(([id]) => id.includes("Services_cache"));
  const name = (id: string): string => /_(Password2?)_/.exec(id)?.[1] ?? id;
  expect(Object.fromEntries(mine.map(([id, { keepers }]) => [name(id), keepers?.generation]))).toEqual(generations);
  const { authentication_mode } = given.resource("aws_elasticache_user") as {
    authentication_mode: { passwords: string[] };
  };
  expect(authentication_mode.passwords.map(name)).toEqual(order);
  expect(given.resource("aws_secretsmanager_secret_version", "cache")).toMatchObject({
    secret_string_wo: expect.stringContaining(`_${order[0] ?? ""}_`),
    secret_string_wo_version: passwords,
  });
});

test.each(["volatile-lru", "allkeys-lru", "noeviction"] as const)("eviction %s is the server's policy", (eviction) => {
  const { environment, services } = draft();
  Object.assign(services, { cache: redis({ eviction }) });
  expect(onAws(environment).resource("aws_elasticache_parameter_group")).toMatchObject({
    family: "valkey8",
    parameter: [{ name: "maxmemory-policy", value: eviction }],
  });
});

test("logs go to encrypted groups", () => {
  expect(group["log_delivery_configuration"]).toMatchObject([
    { log_type: "slow-log", destination_type: "cloudwatch-logs", log_format: "json" },
    { log_type: "engine-log", destination_type: "cloudwatch-logs", log_format: "json" },
  ]);
  expect(inProduction.resource("aws_cloudwatch_log_group", "slow-log")).toMatchObject({
    name: "/aws/vendedlogs/elasticache/production-shop-cache/slow-log",
    retention_in_days: 90,
    kms_key_id: "${aws_kms_key.DataKey.arn}",
  });
});

test("a name too long for ElastiCache is cut the same way every time", () => {
  const { environment, app } = draft();
  app.name = "a-shop-with-a-rather-long-name-for-redis";
  const [first, again] = [onAws(environment), onAws(environment)].map(
    (stack) => stack.resource("aws_elasticache_replication_group")["replication_group_id"],
  );
  expect(first).toMatch(/^production-a-shop-with-a-rather-[a-z-]*[0-9a-f]{8}$/);
  expect(String(first).length).toBeLessThanOrEqual(40);
  const snapshot = onAws(environment).resource("aws_elasticache_replication_group")["final_snapshot_identifier"];
  expect(String(snapshot).replace(/\$\{.*\}$/, "12345678").length).toBeLessThanOrEqual(50);
  expect(again).toBe(first);
});
