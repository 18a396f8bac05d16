import type { ResolvedApplication, ResolvedCron } from "../model/resolved";
import type { CloudFacts } from "./facts";
import { ownerMetadata } from "./labels";
import type { CronJob } from "./objects";
import { mainContainer, podTemplate } from "./pod";
import type { WiredWorkload } from "./provided";

/** Finished runs stay a day, for whoever asks what happened last night. */
const KEEP_SECONDS = 24 * 60 * 60;

export function cronJob(
  application: ResolvedApplication,
  wired: WiredWorkload,
  workload: ResolvedCron,
  { undisturbedPodAnnotations }: Pick<CloudFacts, "undisturbedPodAnnotations">,
): CronJob {
  const { labels, annotations, ...named } = ownerMetadata(application, workload);
  const metadata = { labels, ...(annotations !== undefined && { annotations }) };
  return {
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: { ...named, ...metadata },
    spec: {
      schedule: workload.schedule,
      timeZone: workload.timeZone,
      concurrencyPolicy: workload.concurrency,
      startingDeadlineSeconds: workload.startingDeadlineSeconds,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        metadata,
        spec: {
          backoffLimit: workload.retries,
          activeDeadlineSeconds: workload.activeDeadlineSeconds,
          ttlSecondsAfterFinished: KEEP_SECONDS,
          template: podTemplate(
            application,
            wired,
            {
              containers: [mainContainer(application, wired, {})],
              terminationGracePeriodSeconds: workload.terminationGraceSeconds,
            },
            // A retry is a new pod, so that the failed one and its log stay.
            { restartPolicy: "Never" },
            undisturbedPodAnnotations,
          ),
        },
      },
    },
  };
}

/** Most runs that can go on at one time. Nothing limits `Allow`; `Replace` has the old one stopping beside the new. */
export function concurrentRuns({ concurrency }: ResolvedCron): number {
  return { Allow: 3, Forbid: 1, Replace: 2 }[concurrency];
}
