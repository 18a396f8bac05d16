import type { ResolvedService } from "../../model/resolved";
import { select } from "../alerts/promql";
import { MEMORY_NEAR } from "../alerts/redis";
import type { Watched } from "../alerts/watched";
import { type Panel, RANGE } from "./panel";

/** What Redis and Valkey do, as their exporter reads it: memory against what there is for keys, hits, commands. */
export function redisPanels({ application: { namespace } }: Watched, { name: service }: ResolvedService): Panel[] {
  const of = (metric: string): string => select(metric, { namespace, service });
  const rate = (metric: string): string => `sum(rate(${of(metric)}[${RANGE}]))`;
  return [
    {
      title: `Memory of ${service}`,
      description:
        "Part of the memory for keys that is in use. CacheMemoryNearLimit fires above the line, unless every key may be evicted.",
      unit: "percentunit",
      limit: MEMORY_NEAR,
      queries: [
        {
          expr: `max(${of("redis_memory_used_bytes")}) / (max(${of("redis_memory_max_bytes")}) > 0)`,
          legend: "in use",
        },
      ],
    },
    {
      title: `Hits of ${service}`,
      description: "Part of the reads that found their key. It falls when keys are evicted, or after a restart.",
      unit: "percentunit",
      max: 1,
      queries: [
        {
          expr: `${rate("redis_keyspace_hits_total")} / (${rate("redis_keyspace_hits_total")} + ${rate("redis_keyspace_misses_total")})`,
          legend: "found",
        },
      ],
    },
    {
      title: `Commands of ${service}`,
      description: "Commands a second, and keys a second that were evicted.",
      unit: "short",
      queries: [
        { expr: rate("redis_commands_processed_total"), legend: "commands" },
        { expr: rate("redis_evicted_keys_total"), legend: "evicted keys" },
      ],
    },
    {
      title: `Clients of ${service}`,
      description: "Connections that are open.",
      unit: "short",
      queries: [{ expr: `max(${of("redis_connected_clients")})`, legend: "clients" }],
    },
  ];
}
