import type { CloudAlarms } from "../../../services/cloud-alarms";
import type { AzureAlarm } from "./alarm";

/** An exporter asks a cache of Azure Managed Redis for all of it. */
export const REDIS_ALARMS: CloudAlarms<"redis", AzureAlarm> = {
  CacheMemoryNearMaximum: {
    untold: "its exporter asks the cache itself: CacheMemoryNearLimit and CacheEvicting tell it",
  },
  CacheInterrupted: { untold: "its exporter is not let in then: DataServiceDown tells it" },
};
