import { gibibytes } from "../../../model/quantity";
import type { ResolvedSizing } from "../../../model/service";
import type { CloudAlarms } from "../../../services/cloud-alarms";
import type { AwsAlarm } from "./alarm";

/* What only RDS sees of a database. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.Messages.html */

const EVENTS = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.Messages.html";
const AUTOSCALING = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.Autoscaling.html";
const READ = "2026-11-29";

const events = (...numbers: readonly string[]) => ({
  source: "aws.rds",
  detailType: "RDS DB Instance Event",
  ids: numbers.map((number) => `RDS-EVENT-${number}`),
});

/** RDS makes a disk larger when a tenth of it is left for five minutes: half of that is left when it does not, or cannot. */
const PART_LEFT = 0.05;
const BYTES_IN_GIB = 1024 ** 3;

/** Alarms of a database that may grow from its `storage` to so many GiB. */
export function databaseAlarms(
  { storage }: Pick<ResolvedSizing, "storage">,
  maximum: number,
): CloudAlarms<"mysql", AwsAlarm> {
  const allocated = gibibytes(storage);
  return {
    DatabaseDiskNearMaximum: {
      when: `RDS says that the disk has grown to four fifths of the ${maximum} GiB that it may have, or cannot grow, or is full; or less than a twentieth of ${storage} has been free for a quarter of an hour`,
      source: AUTOSCALING,
      read: READ,
      watches: [
        // Four fifths of the maximum, the step that reaches it, no step possible, the account's quota, full. Not 0089, a tenth
        // left: that comes before every step.
        events("0225", "0224", "0223", "0254", "0007"),
        // RDS sends events as best it can. This does not wait for one.
        {
          namespace: "AWS/RDS",
          metrics: { free: { name: "FreeStorageSpace", stat: "Minimum" } },
          is: "<",
          threshold: Math.round(allocated * PART_LEFT * BYTES_IN_GIB),
          minutes: 15,
          // A database that is stopped or restarts has no free space to tell of.
          missing: "notBreaching",
        },
      ],
    },
    DatabaseInterrupted: {
      when: "RDS says that it fails over or has failed over, has been stopped as its disk is full, cannot be started, or that its key, network or parameters do not let it run",
      source: EVENTS,
      read: READ,
      watches: [
        events(
          // Failovers, when they begin and when they are over.
          ...["0013", "0015", "0049", "0050", "0051", "0065"],
          // Full and stopped; not restarted; failed; parameters, network, key.
          ...["0221", "0022", "0031", "0035", "0036", "0418", "0419"],
        ),
      ],
    },
    DatabaseStandbyMissing: {
      untold: "RDS makes a standby anew by itself, and tells by no measure and no event that there is none meanwhile",
    },
    DatabaseProcessorThrottled: {
      untold: "burstable classes of RDS are in unlimited mode: they cost more and are never slowed down",
    },
  };
}
