import type { ResolvedSizing } from "../../../model/service";
import type { CloudAlarms } from "../../../services/cloud-alarms";
import type { GoogleAlarm, GoogleWatch } from "./alarm";

/* What only Cloud SQL sees of a database. */

const METRICS = "https://cloud.google.com/sql/docs/mysql/admin-api/metrics";
const READ = "2026-11-29";
const BYTES_IN_GIB = 1024 ** 3;

/** Part of the largest disk from which on little is left. */
const DISK_NEAR = 0.9;

/**
 * Part of the disk that there is, which one that grows by itself does not reach: 91 to 95 % are what it always has.
 * https://github.com/sigstore/scaffolding/pull/569
 */
const DISK_FULL = 0.98;

/** Most free space from which on Cloud SQL makes a large disk larger: https://cloud.google.com/sql/docs/mysql/instance-settings#automatic-storage-increase-2ndgen */
const GROWS_BELOW_GIB = 25;

const metric = (name: string): string => `cloudsql.googleapis.com/database/${name}`;

const FULL: GoogleWatch = {
  title: "Part of the disk that is used: it should have grown",
  metric: metric("disk/utilization"),
  aligner: "ALIGN_MIN",
  limit: { is: ">", threshold: DISK_FULL },
  minutes: 15,
};

/** Alarms of a database whose disk may grow to so many GiB. */
export function databaseAlarms(
  { highAvailability }: Pick<ResolvedSizing, "highAvailability">,
  maximum: number,
): CloudAlarms<"mysql", GoogleAlarm> {
  // A larger one is so full before it grows, and has nothing wrong.
  const tellsOfFull = maximum * (1 - DISK_FULL) < GROWS_BELOW_GIB;
  const full = tellsOfFull ? `, or more than ${DISK_FULL * 100}% of what it has for a quarter of an hour` : "";
  return {
    DatabaseDiskNearMaximum: {
      when: `More than ${DISK_NEAR * 100}% of the ${maximum} GiB that the disk may have are used${full}`,
      source: METRICS,
      read: READ,
      watches: [
        {
          title: `Bytes used, of the ${maximum} GiB that the disk may have`,
          metric: metric("disk/bytes_used"),
          aligner: "ALIGN_MAX",
          limit: { is: ">", threshold: Math.round(maximum * DISK_NEAR * BYTES_IN_GIB) },
          minutes: 5,
        },
        ...(tellsOfFull ? [FULL] : []),
      ],
    },
    DatabaseInterrupted: {
      when: "Cloud SQL has begun a failover by itself, or the state of the instance is FAILED or SUSPENDED",
      source: METRICS,
      read: READ,
      watches: [
        {
          title: "Failovers that Cloud SQL began by itself",
          metric: metric("auto_failover_request_count"),
          aligner: "ALIGN_SUM",
          limit: { is: ">", threshold: 0 },
          minutes: 0,
        },
        {
          title: "State of the instance",
          metric: metric("instance_state"),
          labels: 'metric.labels.state = one_of("FAILED", "SUSPENDED")',
          aligner: "ALIGN_FRACTION_TRUE",
          limit: { is: ">", threshold: 0.5 },
          minutes: 1,
        },
      ],
    },
    DatabaseStandbyMissing: highAvailability
      ? {
          when: "No failover has been possible for half an hour",
          source: METRICS,
          read: READ,
          watches: [
            {
              title: "Whether a failover is possible",
              metric: metric("available_for_failover"),
              aligner: "ALIGN_MAX",
              limit: { is: "<", threshold: 1 },
              minutes: 30,
            },
          ],
        }
      : { untold: "the environment has no standby of it" },
    DatabaseProcessorThrottled: { untold: "its machines have processors of their own, and no credits" },
  };
}
