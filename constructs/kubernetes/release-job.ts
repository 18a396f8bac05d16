import type { ResolvedApplication, ResolvedRelease } from "../model/resolved";
import { configChecksum } from "./config-map";
import type { CloudFacts } from "./facts";
import { ownerMetadata } from "./labels";
import type { Job } from "./objects";
import { mainContainer, podTemplate } from "./pod";
import type { WiredWorkload } from "./provided";
import { revisedJob } from "./revision";

/**
 * Runs to its end before any other workload of the release changes, and stops the release where it fails. Another image,
 * command or configuration is another run, and a release that changes none of them runs nothing.
 */
export function releaseJob(
  application: ResolvedApplication,
  wired: WiredWorkload,
  workload: ResolvedRelease,
  { undisturbedPodAnnotations }: Pick<CloudFacts, "undisturbedPodAnnotations">,
): Job {
  return revisedJob({
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: ownerMetadata(application, workload),
    spec: {
      backoffLimit: workload.retries,
      activeDeadlineSeconds: workload.activeDeadlineSeconds,
      template: podTemplate(
        application,
        wired,
        {
          containers: [mainContainer(application, wired, {})],
          terminationGracePeriodSeconds: workload.terminationGraceSeconds,
        },
        // A retry is a new pod, so that the failed one and its log stay.
        { restartPolicy: "Never" },
        // A schema changed by half is nobody's to repair at night.
        { ...undisturbedPodAnnotations, "checksum/config": configChecksum(workload) },
      ),
    },
  });
}
