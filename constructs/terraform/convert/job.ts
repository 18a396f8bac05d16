import type { JobV1Config } from "@cdktf/provider-kubernetes/lib/job-v1";
import type { Job } from "../../kubernetes/objects";
import { convertMetadata } from "./metadata";
import { convertPodTemplate } from "./pod";
import { aboveZero, nothingLeft, whereIs } from "./total";

/** Beyond what its pods are given to end, for the controller to notice and say so. */
const MARGIN_SECONDS = 60;

/** The apply waits for the Job's end, and fails with it. */
export function convertJob(object: Job): JobV1Config {
  const { apiVersion, kind, metadata, spec, ...rest } = object;
  const where = whereIs(apiVersion, kind, metadata);
  const { backoffLimit, activeDeadlineSeconds, template, ...otherSpec } = spec;
  nothingLeft(rest, where);
  nothingLeft(otherSpec, `${where}.spec`);
  const seconds = aboveZero(activeDeadlineSeconds, `${where}.spec.activeDeadlineSeconds`);
  const grace = template.spec.terminationGracePeriodSeconds + MARGIN_SECONDS;
  const timeout = `${seconds + grace}s`;
  return {
    metadata: convertMetadata(metadata, where),
    spec: {
      backoffLimit,
      activeDeadlineSeconds: seconds,
      template: convertPodTemplate(template, `${where}.spec.template`),
    },
    waitForCompletion: true,
    timeouts: { create: timeout, update: timeout, delete: `${grace}s` },
  };
}
