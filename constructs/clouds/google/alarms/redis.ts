import type { CloudAlarms } from "../../../services/cloud-alarms";
import type { Redis } from "../../../services/redis";
import type { GoogleAlarm } from "./alarm";

/* What Memorystore tells of a cache. An exporter asks it too, by a way that was not tried against Memorystore itself. */

const METRICS = "https://cloud.google.com/memorystore/docs/redis/supported-monitoring-metrics";
const READ = "2026-11-29";

/** Part of the memory for keys from which on little is left, as it is for caches that an exporter asks. */
const MEMORY_NEAR = 0.9;

/** Seconds since a server began, below which it was restarted just now. */
const JUST_BEGUN = 180;

const UPTIME = "redis.googleapis.com/server/uptime";

export const redisAlarms = ({ spec: { eviction } }: Pick<Redis, "spec">): CloudAlarms<"redis", GoogleAlarm> => ({
  CacheMemoryNearMaximum:
    eviction === "allkeys-lru"
      ? { untold: "with allkeys-lru its memory is full for good, as it should be" }
      : {
          when: `More than ${MEMORY_NEAR * 100}% of the memory for keys have been in use for ten minutes`,
          source: METRICS,
          read: READ,
          watches: [
            {
              title: "Part of the memory for keys that is used",
              metric: "redis.googleapis.com/stats/memory/usage_ratio",
              aligner: "ALIGN_MIN",
              limit: { is: ">", threshold: MEMORY_NEAR },
              minutes: 10,
            },
          ],
        },
  CacheInterrupted: {
    when: "Memorystore has told nothing of the instance for five minutes, or one of its servers began less than three minutes ago",
    source: METRICS,
    read: READ,
    watches: [
      { title: "Whether the server tells how long it runs", metric: UPTIME, aligner: "ALIGN_MAX", minutes: 5 },
      {
        title: "Seconds since a server began",
        metric: UPTIME,
        aligner: "ALIGN_MIN",
        limit: { is: "<", threshold: JUST_BEGUN },
        minutes: 0,
      },
    ],
  },
});
