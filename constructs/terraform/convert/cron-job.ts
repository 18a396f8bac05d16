import type { CronJobV1Config } from "@cdktf/provider-kubernetes/lib/cron-job-v1";
import type { CronJob } from "../../kubernetes/objects";
import { convertMetadata } from "./metadata";
import { convertPodTemplate } from "./pod";
import { aboveZero, nothingLeft, whereIs } from "./total";

export function convertCronJob(object: CronJob): CronJobV1Config {
  const { apiVersion, kind, metadata, spec, ...rest } = object;
  const where = whereIs(apiVersion, kind, metadata);
  const { schedule, timeZone, concurrencyPolicy, startingDeadlineSeconds, ...more } = spec;
  const { successfulJobsHistoryLimit, failedJobsHistoryLimit, jobTemplate, ...otherSpec } = more;
  nothingLeft(rest, where);
  nothingLeft(otherSpec, `${where}.spec`);
  return {
    metadata: convertMetadata(metadata, where),
    spec: {
      schedule,
      timezone: timeZone,
      concurrencyPolicy,
      startingDeadlineSeconds: aboveZero(startingDeadlineSeconds, `${where}.spec.startingDeadlineSeconds`),
      successfulJobsHistoryLimit,
      failedJobsHistoryLimit,
      jobTemplate: convertJobTemplate(jobTemplate, `${where}.spec.jobTemplate`),
    },
  };
}

function convertJobTemplate(jobTemplate: CronJob["spec"]["jobTemplate"], where: string) {
  const { metadata, spec, ...rest } = jobTemplate;
  const { labels, annotations, ...otherMetadata } = metadata;
  const { backoffLimit, activeDeadlineSeconds, ttlSecondsAfterFinished, template, ...otherSpec } = spec;
  nothingLeft(rest, where);
  nothingLeft(otherMetadata, `${where}.metadata`);
  nothingLeft(otherSpec, `${where}.spec`);
  return {
    metadata: { labels, annotations },
    spec: {
      backoffLimit,
      activeDeadlineSeconds: aboveZero(activeDeadlineSeconds, `${where}.spec.activeDeadlineSeconds`),
      ttlSecondsAfterFinished: String(ttlSecondsAfterFinished),
      template: convertPodTemplate(template, `${where}.spec.template`),
    },
  };
}
