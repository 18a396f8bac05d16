import type { PipelineIdentity } from "../../../pipelines/identity";
import { dottedName } from "../../shared/dotted-name";
import { AWS_NAMES, nameOf } from "../names";
import type { Place } from "../place";
import { PIPELINE_ROLES } from "./policy";

/** Seconds for which a job is who it is. An apply waits for clusters and databases, a deploy for rollouts and for going back. */
export const SESSION_SECONDS = {
  plan: 3600,
  deploy: 7200,
  apply: 7200,
  preview: 7200,
  sweep: 3600,
} as const satisfies Record<PipelineIdentity, number>;

/** `pipeline.staging.plan`: not `staging.` first, as names are that an apply may make and change. */
export const pipelineRoleName = (
  environment: { readonly name: string },
  known: Pick<Place, "region" | "regionInNames">,
  identity: PipelineIdentity,
): string => dottedName([`${PIPELINE_ROLES}${nameOf(environment, known)}`, identity], AWS_NAMES.role);
