import type { AnyCloudAlarms, Untold } from "../../../services/cloud-alarms";
import { type AzureAlarm, HEALTH, type MetricWatch } from "../alarms/alarm";

/* What only Azure sees of a flexible server, whatever its engine. */

const BYTES_IN_GIB = 1024 ** 3;

/** Part of the largest disk from which on little is left. */
const DISK_NEAR = 0.9;

/** Minutes at full speed for which a processor without credits to spare still has some. A credit is a minute of one. */
const MINUTES_LEFT = 15;

/** Processors of a machine of the burstable tier, as its name says: `B_Standard_B2s`. */
const processors = (sku: string): number => Number(/_B(\d+)/.exec(sku)?.[1] ?? 1);

/** What Azure says of servers of one engine. */
export interface FlexibleServers {
  /** Type of the resource, by which its metrics are found. */
  readonly namespace: string;
  /** Pages of Azure on how disks grow, and on credits, with the day on which they were read. */
  readonly sources: { readonly storage: string; readonly credits: string };
  readonly read: string;
}

/** A server whose failures are told. */
export interface WatchedServer {
  /** Name of its machine, and whether that has credits. */
  readonly sku: string;
  readonly burstable: boolean;
  readonly disk: {
    /** GiB that it may grow to. */
    readonly maximum: number;
    /** Its size, in words. */
    readonly size: string;
    /** Percent from which on Azure should have made it larger: see `fullPercent` of each engine. */
    readonly percent: number;
    /** What it has to have grown by for the alarm to come early, in words after `has grown`. @default "" */
    readonly early?: string;
  };
  /** What is told of its standby. */
  readonly standby: AzureAlarm | Untold;
}

/** Metrics of the provider's own type. */
export const watchOf =
  ({ namespace }: Pick<FlexibleServers, "namespace">) =>
  (given: Omit<MetricWatch, "namespace">): MetricWatch => ({ namespace, ...given });

/** Failures of a server, each told or not with the reason. */
export function flexibleServerAlarms(
  servers: FlexibleServers,
  { sku, burstable, disk: { maximum, size, percent, early = "" }, standby }: WatchedServer,
) {
  const { sources, read } = servers;
  const watch = watchOf(servers);
  const credits = processors(sku) * MINUTES_LEFT;
  return {
    DatabaseDiskNearMaximum: {
      when: `More than ${DISK_NEAR * 100}% of the ${maximum} GiB that the disk may have are used, or more than ${percent}% of what it has: Azure should have made one of ${size} larger before. One that has grown${early} gives this alarm before Azure makes it larger again: write the size that it has as its storage`,
      source: sources.storage,
      read,
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
      read,
      watches: [HEALTH],
    },
    DatabaseStandbyMissing: standby,
    DatabaseProcessorThrottled: burstable
      ? {
          when: `Fewer than ${credits} credits are left: ${sku} uses them up in ${MINUTES_LEFT} minutes at full speed`,
          source: sources.credits,
          read,
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
  } satisfies AnyCloudAlarms<AzureAlarm>;
}
