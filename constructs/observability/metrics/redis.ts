import { EXPORTER_TARGET, type Source } from "./source";

/** What redis_exporter reads of INFO. */
export const REDIS: Source = {
  name: "redis_exporter",
  evidence: "scraped",
  targetLabels: EXPORTER_TARGET,
  families: {
    redis_up: { type: "gauge", labels: [] },
    redis_memory_used_bytes: { type: "gauge", labels: [] },
    redis_memory_max_bytes: { type: "gauge", labels: [] },
    redis_evicted_keys_total: { type: "counter", labels: [] },
    redis_rejected_connections_total: { type: "counter", labels: [] },
    redis_connected_clients: { type: "gauge", labels: [] },
    redis_commands_processed_total: { type: "counter", labels: [] },
    redis_keyspace_hits_total: { type: "counter", labels: [] },
    redis_keyspace_misses_total: { type: "counter", labels: [] },
  },
};
