import type { CopyAlarms } from "../../../services/cloud-alarms";
import type { AwsAlarm } from "./alarm";

/* What AWS tells of copies in a second region. */

/** The provider takes a copy that is no longer made for none. */
export const DATABASE_COPY_ALARMS: CopyAlarms<"mysql", AwsAlarm> = {
  DatabaseCopyStopped: {
    untold:
      "RDS sends no event and has no measure when it stops copying, as it does for a key that is disabled; the next plan wants to begin it anew",
  },
};

export const BUCKET_COPY_ALARMS: CopyAlarms<"bucket", AwsAlarm> = {
  BucketCopyFailed: {
    when: "S3 says that an operation on the bucket could not be replicated",
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/repl-metrics.html",
    read: "2026-11-29",
    watches: [
      {
        namespace: "AWS/S3",
        // Published where the bucket is, unlike those of how late replication is.
        metrics: { failed: { name: "OperationsFailedReplication", stat: "Sum" } },
        is: ">",
        threshold: 0,
        minutes: 1,
        // There is no value while nothing is written.
        missing: "notBreaching",
      },
    ],
  },
};
