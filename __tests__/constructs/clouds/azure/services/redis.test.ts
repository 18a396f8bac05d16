import { redis } from "../../../../../constructs/services/redis";
import { DATA_CIDRS, LOOKUP, onAzure } from "../../../../support/azure-application";
import { draft, production, staging } from "../../../../support/input";

const inProduction = onAzure(production());
const server = inProduction.resource("azurerm_managed_redis");

const given = (sizing: { passwords?: number; size?: "small" | "medium" | "large" | "xlarge" }) => {
  const { environment, overlay } = draft();
  overlay.services = { cache: sizing };
  return onAzure(environment);
};

test("production has a standby in another zone, and is not deleted by a careless hand", () => {
  expect(server).toMatchObject({
    sku_name: "Balanced_B5",
    high_availability_enabled: true,
    lifecycle: { prevent_destroy: true },
  });
  expect(inProduction.resource("azurerm_management_lock", "Services_cache")["scope"]).toMatch(
    /^\$\{azurerm_managed_redis\./,
  );
});

test("a small environment has one node that can be thrown away", () => {
  expect(onAzure(staging()).resource("azurerm_managed_redis")).toMatchObject({
    sku_name: "Balanced_B1",
    high_availability_enabled: false,
    lifecycle: { prevent_destroy: false },
  });
});

test.each([
  ["small", "Balanced_B1"],
  ["medium", "Balanced_B5"],
  ["large", "Balanced_B10"],
  ["xlarge", "Balanced_B20"],
] as const)("size %s is %s, within the 25 GB that one shard can have", (size, sku) => {
  expect(given({ size }).resource("azurerm_managed_redis")).toMatchObject({
    sku_name: sku,
    default_database: { clustering_policy: "NoCluster" },
  });
  expect(Number(sku.slice("Balanced_B".length))).toBeLessThanOrEqual(25);
});

test("plain clients are served, under TLS alone, from inside the network alone", () => {
  expect(server).toMatchObject({
    public_network_access: "Disabled",
    default_database: { client_protocol: "Encrypted", clustering_policy: "NoCluster" },
  });
  expect(inProduction.resource("azurerm_private_endpoint", "Services_cache")).toMatchObject({
    subnet_id: LOOKUP.endpointSubnetId,
    private_service_connection: { subresource_names: ["redisEnterprise"], is_manual_connection: false },
    private_dns_zone_group: { private_dns_zone_ids: [LOOKUP.redisZoneId] },
  });
  const { parts, ...connection } = inProduction.provided.connection("api", "cache");
  // No bundle: its certificates chain to authorities that every system bundle has.
  expect(connection).toEqual({ tls: true, endpoints: [{ cidrs: DATA_CIDRS.endpoints, port: 10000 }] });
  expect(inProduction.resolve(parts)).toMatchObject({
    host: { value: expect.stringMatching(/^\$\{azurerm_managed_redis\.Services_cache_\w+\.hostname\}$/) },
    port: { value: "10000" },
    username: { value: "default" },
  });
});

test("a copy is on disk every hour, encrypted with the application's key in the one form that it takes", () => {
  expect(server).toMatchObject({
    default_database: { persistence_redis_database_backup_frequency: "1h" },
    customer_managed_key: { key_vault_key_id: "${azurerm_key_vault_key.DataKey.id}" },
  });
  expect(server["default_database"]).not.toHaveProperty("persistence_append_only_file_backup_frequency");
});

test.each([
  ["volatile-lru", "VolatileLRU"],
  ["allkeys-lru", "AllKeysLRU"],
  ["noeviction", "NoEviction"],
] as const)("eviction %s is %s to Azure", (eviction, spelt) => {
  const { environment, services } = draft();
  Object.assign(services, { cache: redis({ eviction }) });
  expect(onAzure(environment).resource("azurerm_managed_redis")).toMatchObject({
    default_database: { eviction_policy: spelt },
  });
});

describe("the password", () => {
  const key = (generation: number) => given({ passwords: generation }).resource("azurerm_key_vault_secret", "cache");

  test("is a key that Azure made, in the vault under a name that no secret of people's has", () => {
    expect(key(1)).toMatchObject({
      name: "production--shop--cache--key",
      key_vault_id: LOOKUP.secretVaultId,
      value_wo: expect.stringMatching(/^\$\{azurerm_managed_redis\.\w+\.default_database\[0\]\.primary_access_key\}$/),
      depends_on: [expect.stringMatching(/^azurerm_private_endpoint\./)],
    });
    const { parts } = inProduction.provided.connection("api", "cache");
    expect(inProduction.resolve(parts["password"])).toEqual({
      secret: { key: expect.stringMatching(/^\$\{azurerm_key_vault_secret\.Services_cache_Login_Secret_\w+\.name\}$/) },
    });
  });

  test("is written again when Azure has another one, as a write-only value is never compared", () => {
    expect(key(1)["value_wo_version"]).toMatch(
      /^\$\{sum\(\[parseint\(nonsensitive\(substr\(sha256\(azurerm_managed_redis\.\w+\.default_database\[0\]\.primary_access_key\), 0, 7\)\), 16\), 1\]\)\}$/,
    );
    // In place: another secret of this name cannot be made beside it.
    expect(key(1)).not.toHaveProperty("lifecycle");
  });

  test.each([
    [1, "primary"],
    [2, "secondary"],
    [3, "primary"],
  ])("of generation %i is the %s key", (generation, which) => {
    const secret = key(generation);
    for (const argument of ["value_wo", "value_wo_version"]) expect(secret[argument]).toContain(`${which}_access_key`);
  });

  test("works only where keys are allowed", () => {
    expect(server).toMatchObject({ default_database: { access_keys_authentication_enabled: true } });
  });
});

test("who connects is logged", () => {
  expect(inProduction.resource("azurerm_monitor_diagnostic_setting", "Services_cache")).toMatchObject({
    target_resource_id: expect.stringMatching(/^\$\{azurerm_managed_redis\.\w+\.id\}\/databases\/default$/),
    enabled_log: [{ category: "ConnectionEvents" }],
  });
});

test("a name too long for Azure is cut the same way every time, without two hyphens in a row", () => {
  const { environment, app } = draft();
  app.name = "a--shop-with-a-rather-long-name-for-it";
  environment.name = "production-of-the-shop-in-germany";
  const [first, again] = [onAzure(environment), onAzure(environment)].map((stack) =>
    String(stack.resource("azurerm_managed_redis")["name"]),
  );
  expect(first).toMatch(/^[a-z0-9](?:-?[a-z0-9])+-[0-9a-f]{10}$/);
  expect(first?.length).toBeLessThanOrEqual(60);
  expect(again).toBe(first);
});
