import { postgresql } from "../../../constructs/kinds/postgresql";
import { secretKeys } from "../../../constructs/model/secret-keys";
import { mysql } from "../../../constructs/services/mysql";
import { redis } from "../../../constructs/services/redis";

/* Keys of services' variables in the application's Secret, before any workload asks. */

const orders = { name: "orders", service: mysql(), isDefault: true };
const legacy = { name: "legacy", service: mysql(), isDefault: false };
const ledger = { name: "ledger", service: postgresql(), isDefault: true };
const cache = { name: "cache", service: redis(), isDefault: true };

const keys = (...services: Parameters<typeof secretKeys>[0]): unknown => Object.fromEntries(secretKeys(services));

test("are plain for the default service of a kind, and have the names of others before them", () => {
  expect(keys(orders, legacy, cache)).toEqual({
    orders: { DATABASE_URL: "database-url" },
    legacy: { DATABASE_URL: "legacy-database-url" },
    cache: { REDIS_URL: "redis-url" },
  });
});

test("are plain for none of two default services that have a variable in common, in whatever order", () => {
  const both = {
    orders: { DATABASE_URL: "orders.database-url" },
    ledger: { DATABASE_URL: "ledger.database-url" },
    cache: { REDIS_URL: "redis-url" },
  };
  expect(keys(orders, ledger, cache)).toEqual(both);
  expect(keys(cache, ledger, orders)).toEqual(both);
});
