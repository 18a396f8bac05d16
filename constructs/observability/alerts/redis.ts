import { settingsOf } from "../../model/held-under";
import type { ResolvedService } from "../../model/resolved";
import { type Alert, alert } from "./alert";
import { connectionsRefused } from "./connections-refused";
import { select } from "./promql";
import { growing, steady } from "./series";
import type { Watched } from "./watched";

/* Memory and connections of Redis and Valkey, of which the server itself says how much it may have. */

const USED = "redis_memory_used_bytes";
const MAX = "redis_memory_max_bytes";
const EVICTED = "redis_evicted_keys_total";
const REFUSALS = { alert: "CacheConnectionsRefused", metric: "redis_rejected_connections_total" } as const;

/** Part of the memory for keys from which on little is left. */
export const MEMORY_NEAR = 0.9;

/** What becomes of writes when memory is full, by the policy. With `allkeys-lru` it is full for good, as it should be. */
const WHEN_FULL: Readonly<Record<string, string>> = {
  noeviction: "When it is full every write fails",
  "volatile-lru": "When it is full keys with a time to live go, and where there are none writes fail",
};

export const redisAlerts = (watched: Watched, service: ResolvedService): Alert[] => [
  ...nearLimit(watched, service),
  ...evicting(watched, service),
  connectionsRefused(watched, service.name, REFUSALS),
];

function policyOf(service: ResolvedService): string {
  const { eviction: policy } = settingsOf(service);
  return typeof policy === "string" ? policy : "noeviction";
}

function nearLimit({ application: { namespace } }: Watched, service: ResolvedService): Alert[] {
  const full = WHEN_FULL[policyOf(service)];
  if (full === undefined) return [];
  const within = { namespace, service: service.name };
  const memory = (used: number, most = 1000) => [
    steady(USED, { ...within, pod: "a" }, used, 600),
    steady(MAX, { ...within, pod: "a" }, most, 600),
  ];
  return [
    alert({
      name: "CacheMemoryNearLimit",
      // A server that says no limit has none of its own.
      value: `max(${select(USED, within)})\n/ (max(${select(MAX, within)}) > 0)`,
      is: ">",
      threshold: MEMORY_NEAR,
      forSeconds: 600,
      severity: "warning",
      within,
      labels: { service: service.name },
      shownBy: "humanizePercentage",
      says: ({ value }) => ({
        summary: `${service.name} has little memory left`,
        description: `${value} of the memory that ${service.name} has for keys have been in use for ten minutes; the limit is ${MEMORY_NEAR * 100}%. ${full}`,
      }),
      proof: { firing: memory(910), quiet: [memory(900), memory(910, 0)], firesAt: 600, shows: "91%" },
    }),
  ];
}

/** A rate needs two samples. */
const EVICTING_SECONDS = 30 + 900;

function evicting({ application: { namespace } }: Watched, service: ResolvedService): Alert[] {
  // One that is full for good evicts for good, and one that never evicts does not.
  if (policyOf(service) !== "volatile-lru") return [];
  const within = { namespace, service: service.name };
  const evicted = (perSecond: number) => [growing(EVICTED, { ...within, pod: "a" }, perSecond, EVICTING_SECONDS)];
  return [
    alert({
      name: "CacheEvicting",
      value: `sum(rate(${select(EVICTED, within)}[5m]))`,
      is: ">",
      threshold: 0,
      forSeconds: 900,
      severity: "warning",
      within,
      labels: { service: service.name },
      shownBy: 'printf "%.1f"',
      says: ({ value }) => ({
        summary: `${service.name} evicts keys`,
        description: `${service.name} has dropped ${value} keys a second before their time, for a quarter of an hour: its memory is full`,
      }),
      proof: { firing: evicted(0.5), quiet: [evicted(0)], firesAt: EVICTING_SECONDS, shows: "0.5" },
    }),
  ];
}
