import { gibibytes } from "../../../model/quantity";
import type { ResolvedSizing } from "../../../model/service";
import type { CloudAlarms } from "../../../services/cloud-alarms";
import { type AzureAlarm, HEALTH, type MetricWatch } from "./alarm";

/* What only Azure sees of a MySQL flexible server. */

const METRICS =
  "https://learn.microsoft.com/en-us/azure/azure-monitor/reference/supported-metrics/microsoft-dbformysql-flexibleservers-metrics";
const STORAGE = "https://learn.microsoft.com/en-us/azure/mysql/flexible-server/concepts-service-tiers-storage";
const READ = "2026-11-29";
const BYTES_IN_GIB = 1024 ** 3;

/** Part of the largest disk from which on little is left. */
const DISK_NEAR = 0.9;

/**
 * Percent of a disk of so many GiB, between where Azure makes it larger and where it makes the server read-only: up to 100 GiB
 * with a tenth left and with a twentieth, and above with 10 GiB left and with 5.
 */
const fullPercent = (size: number): number => (size <= 100 ? 92.5 : Math.round((100 - (7.5 / size) * 100) * 100) / 100);

/** Minutes at full speed for which a processor without credits to spare still has some. A credit is a minute of one. */
const MINUTES_LEFT = 15;

/** Processors of a machine of the burstable tier, as its name says: `B_Standard_B2s`. */
const processors = (sku: string): number => Number(/_B(\d+)/.exec(sku)?.[1] ?? 1);

/** Metrics are of the provider's own type. */
const watch = (given: Omit<MetricWatch, "namespace">): MetricWatch => ({
  namespace: "Microsoft.DBforMySQL/flexibleServers",
  ...given,
});

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
  const percent = fullPercent(gibibytes(storage));
  const credits = processors(sku) * MINUTES_LEFT;
  return {
    DatabaseDiskNearMaximum: {
      when: `More than ${DISK_NEAR * 100}% of the ${maximum} GiB that the disk may have are used, or more than ${percent}% of what it has: Azure should have made one of ${storage} larger before. One that has grown by more than a third gives this alarm before Azure makes it larger again: write the size that it has as its storage`,
      source: STORAGE,
      read: READ,
      watches: [
        watch({
          called: "maximum",
          metric: "storage_used",
          aggregation: "Maximum",
          is: ">",
          threshold: Math.round(maximum * DISK_NEAR * BYTES_IN_GIB),
          window: "PT15M",
          every: "PT5M",
        }),
        watch({
          called: "growth",
          metric: "storage_percent",
          aggregation: "Minimum",
          is: ">",
          threshold: percent,
          window: "PT30M",
          every: "PT5M",
        }),
      ],
    },
    DatabaseInterrupted: {
      when: "The health of the resource has changed by itself: it serves worse, not at all, or again. A failover is told so too",
      source: "https://learn.microsoft.com/en-us/azure/service-health/resource-health-overview",
      read: READ,
      watches: [HEALTH],
    },
    DatabaseStandbyMissing: highAvailability
      ? {
          when: "The standby has not read, or not applied, what the server writes, for half an hour",
          source: METRICS,
          read: READ,
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
    DatabaseProcessorThrottled: burstable
      ? {
          when: `Fewer than ${credits} credits are left: ${sku} uses them up in ${MINUTES_LEFT} minutes at full speed`,
          source: STORAGE,
          read: READ,
          watches: [
            watch({
              metric: "cpu_credits_remaining",
              aggregation: "Average",
              is: "<",
              threshold: credits,
              window: "PT15M",
              every: "PT5M",
            }),
          ],
        }
      : { untold: "its machine is not of the burstable tier, and has no credits" },
  };
}
