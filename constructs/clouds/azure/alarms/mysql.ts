import { gibibytes } from "../../../model/quantity";
import type { ResolvedSizing } from "../../../model/service";
import type { CloudAlarms } from "../../../services/cloud-alarms";
import { flexibleServerAlarms, type FlexibleServers, watchOf } from "../flexible-server/alarms";
import type { AzureAlarm } from "./alarm";

/* What only Azure sees of a MySQL flexible server. */

const METRICS =
  "https://learn.microsoft.com/en-us/azure/azure-monitor/reference/supported-metrics/microsoft-dbformysql-flexibleservers-metrics";
const STORAGE = "https://learn.microsoft.com/en-us/azure/mysql/flexible-server/concepts-service-tiers-storage";

const SERVERS: FlexibleServers = {
  namespace: "Microsoft.DBforMySQL/flexibleServers",
  sources: { storage: STORAGE, credits: STORAGE },
  read: "2026-11-29",
};

/**
 * Percent of a disk of so many GiB, between where Azure makes it larger and where it makes the server read-only: up to 100 GiB
 * with a tenth left and with a twentieth, and above with 10 GiB left and with 5.
 */
const fullPercent = (size: number): number => (size <= 100 ? 92.5 : Math.round((100 - (7.5 / size) * 100) * 100) / 100);

interface Server extends Pick<ResolvedSizing, "highAvailability" | "storage"> {
  /** Name of its machine. */
  readonly sku: string;
  /** Whether the machine has credits. */
  readonly burstable: boolean;
  /** GiB that its disk may grow to. */
  readonly maximum: number;
}

export function mysqlAlarms({
  highAvailability,
  storage,
  sku,
  burstable,
  maximum,
}: Server): CloudAlarms<"mysql", AzureAlarm> {
  const watch = watchOf(SERVERS);
  return flexibleServerAlarms(SERVERS, {
    ...{ sku, burstable },
    disk: { maximum, size: storage, percent: fullPercent(gibibytes(storage)), early: " by more than a third" },
    standby: highAvailability
      ? {
          when: "The standby has not read, or not applied, what the server writes, for half an hour",
          source: METRICS,
          read: SERVERS.read,
          watches: (
            [
              ["reads", "HA_IO_status"],
              ["applies", "HA_SQL_status"],
            ] as const
          ).map(([called, metric]) =>
            watch({ called, metric, aggregation: "Maximum", is: "<", threshold: 1, window: "PT30M", every: "PT5M" }),
          ),
        }
      : { untold: "the environment has no standby of it" },
  });
}
