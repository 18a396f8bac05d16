import { redis } from "../../../../../constructs/services/redis";
import { DATA_CIDRS, LOOKUP, onGoogle } from "../../../../support/google-application";
import { draft, production, staging } from "../../../../support/input";

const inProduction = onGoogle(production());
const instance = inProduction.resource("google_redis_instance");

test("production has a replica in another zone that takes over by itself", () => {
  expect(instance).toMatchObject({
    name: "production-shop-cache",
    redis_version: "REDIS_7_2",
    tier: "STANDARD_HA",
    memory_size_gb: 6,
    lifecycle: { prevent_destroy: true },
  });
});

test("a small environment has one node and leaves nothing behind", () => {
  expect(onGoogle(staging()).resource("google_redis_instance")).toMatchObject({
    tier: "BASIC",
    memory_size_gb: 2,
    lifecycle: { prevent_destroy: false },
  });
});

test.each([
  ["small", 2, "1.6"],
  ["medium", 6, "4.8"],
  ["large", 13, "10.4"],
  ["xlarge", 26, "20.8"],
] as const)("size %s has %i GiB, of which %s are for data", (size, memory, data) => {
  const { environment, overlay } = draft();
  overlay.services = { cache: { size } };
  expect(onGoogle(environment).resource("google_redis_instance")).toMatchObject({
    memory_size_gb: memory,
    redis_configs: { "maxmemory-gb": data },
  });
});

test("everything on the wire and on disk is encrypted, and reached in the network alone", () => {
  expect(instance).toMatchObject({
    transit_encryption_mode: "SERVER_AUTHENTICATION",
    customer_managed_key: "${google_kms_crypto_key.DataKey.id}",
    connect_mode: "PRIVATE_SERVICE_ACCESS",
    authorized_network: LOOKUP.networkId,
  });
  const { tls, endpoints, parts } = inProduction.provided.connection("api", "cache");
  // The port under TLS, which is another one than without.
  expect({ tls, endpoints, port: parts["port"] }).toEqual({
    tls: true,
    endpoints: [{ cidrs: DATA_CIDRS, port: 6378 }],
    port: { value: "6378" },
  });
});

test("clients get every authority the instance has, so that the next one is known before the last one ends", () => {
  expect(inProduction.resolve(inProduction.provided.connection("api", "cache").caBundle)).toBe(
    '${join("\\n", google_redis_instance.Services_cache_F8CE128F.server_ca_certs[*].cert)}',
  );
});

test("nobody is let in without the password that Memorystore made", () => {
  expect(instance["auth_enabled"]).toBe(true);
  const { parts } = inProduction.provided.connection("api", "cache");
  expect(parts["username"]).toEqual({ value: "default" });
  expect(parts["password"]).toHaveProperty("secret");
  expect(inProduction.resource("google_secret_manager_secret_version", "cache")).toMatchObject({
    secret_data_wo: expect.stringMatching(
      /^\$\{jsonencode\(\{"username" = "default", "password" = google_redis_instance\.\w+\.auth_string\}\)\}$/,
    ),
  });
  expect(inProduction.provided.users("cache")).toBeUndefined();
});

test("data outlives the loss of every node", () => {
  expect(instance["persistence_config"]).toEqual({ persistence_mode: "RDB", rdb_snapshot_period: "TWELVE_HOURS" });
});

test.each(["volatile-lru", "allkeys-lru", "noeviction"] as const)("eviction %s is the server's policy", (eviction) => {
  const { environment, services } = draft();
  Object.assign(services, { cache: redis({ eviction }) });
  expect(onGoogle(environment).resource("google_redis_instance")["redis_configs"]).toMatchObject({
    "maxmemory-policy": eviction,
  });
});

test("a name too long for Memorystore is cut the same way every time", () => {
  const { environment, app } = draft();
  app.name = "a-shop-with-a-rather-long-name-for-redis";
  const [first, again] = [onGoogle(environment), onGoogle(environment)].map((stack) =>
    String(stack.resource("google_redis_instance")["name"]),
  );
  expect(first).toMatch(/^production-a-shop-with-a-rather-[a-z-]*[0-9a-f]{8}$/);
  // As the provider checks it.
  expect(first).toMatch(/^[a-z][a-z0-9-]{0,39}[a-z0-9]$/);
  expect(first?.length).toBeLessThanOrEqual(40);
  expect(again).toBe(first);
});
