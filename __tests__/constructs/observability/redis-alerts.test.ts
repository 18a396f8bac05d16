import { alertGroups } from "../../../constructs/observability/alerts/alerts";
import { alerting } from "../../support/alerts";

/* Whom the memory of a cache calls, by what becomes of keys when it is full. */

const [local] = alerting(["local"]);
if (local === undefined) throw new Error("no environment");
const { watched } = local;

/** Names of the alerts about memory of the cache, with this policy. */
function called(eviction: string): string[] {
  const services = watched.application.services.map((one) =>
    "spec" in one.service && one.service.kind === "redis"
      ? { ...one, service: { ...one.service, spec: { ...Object(one.service.spec), eviction } } }
      : one,
  );
  const application = { ...watched.application, services };
  return alertGroups({ ...watched, application }).flatMap(({ alerts }) =>
    alerts.map(({ name }) => name).filter((name) => /^Cache(?:Memory|Evict)/.test(name)),
  );
}

test.each([
  ["noeviction", ["CacheMemoryNearLimit"]],
  ["volatile-lru", ["CacheMemoryNearLimit", "CacheEvicting"]],
  // It is full for good, and makes room with every write: that is what it is for.
  ["allkeys-lru", []],
])("%s calls by %j", (eviction, names) => {
  expect(called(eviction)).toEqual(names);
});
