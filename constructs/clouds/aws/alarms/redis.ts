import type { CloudAlarms } from "../../../services/cloud-alarms";
import type { AwsAlarm } from "./alarm";

/** An exporter asks a cache of ElastiCache for all of it. */
export const REDIS_ALARMS: CloudAlarms<"redis", AwsAlarm> = {
  CacheMemoryNearMaximum: {
    untold: "its exporter asks the cache itself: CacheMemoryNearLimit and CacheEvicting tell it",
  },
  CacheInterrupted: { untold: "its exporter is not let in then: DataServiceDown tells it" },
};
