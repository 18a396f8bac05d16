import { machineOf } from "../../clouds";
import { type AzureAlarm, flexibleServerAlarms, type FlexibleServers } from "../../clouds/azure";
import type { AnyCloudAlarms, ResolvedSizing } from "../../services";
import { diskGib, growsTo, isBurstable, SKUS } from "./azure-server";

/* What only Azure sees of a PostgreSQL flexible server. */

const SERVERS: FlexibleServers = {
  namespace: "Microsoft.DBforPostgreSQL/flexibleServers",
  sources: {
    storage: "https://learn.microsoft.com/en-us/azure/postgresql/flexible-server/concepts-storage",
    credits:
      "https://learn.microsoft.com/en-us/azure/azure-monitor/reference/supported-metrics/microsoft-dbforpostgresql-flexibleservers-metrics",
  },
  read: "2026-11-30",
};

/**
 * Percent of a disk of so many GiB, between where Azure makes it larger (a fifth left, a tenth above 1 TiB, or 64 GiB where that is less)
 * and where it makes the server read-only (a twentieth left, or 5 GiB where that is more). Of the largest it is read-only first: a bit
 * before that.
 */
export function fullPercent(size: number): number {
  const grows = Math.min(size * (size > 1024 ? 0.1 : 0.2), 64);
  const readOnly = Math.max(size * 0.05, 5);
  const free = grows > readOnly ? (grows + readOnly) / 2 : readOnly * 1.4;
  return Math.round((1 - free / size) * 1000) / 10;
}

export function azureAlarms(sizing: ResolvedSizing): AnyCloudAlarms<AzureAlarm> {
  const sku = machineOf(sizing, SKUS);
  const size = diskGib(sizing.storage);
  return flexibleServerAlarms(SERVERS, {
    ...{ sku, burstable: isBurstable(sku) },
    disk: { maximum: growsTo(sizing.storage), size: `${size} GiB`, percent: fullPercent(size) },
    standby: {
      untold: sizing.highAvailability
        ? "Azure makes a standby anew by itself, and tells by no measure that there is none meanwhile"
        : "the environment has no standby of it",
    },
  });
}
