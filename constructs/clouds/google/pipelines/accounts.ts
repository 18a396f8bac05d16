import { fitName } from "../../../model/names";
import type { PipelineIdentity } from "../../../pipelines/identity";
import { GOOGLE_NAMES, nameOf } from "../names";
import type { Place } from "../place";

/** Pool and provider of the project's own, by fixed names: a project is of one environment. */
export const POOL = "github";

/** The one role that Google does not have, of what a plan reads. */
export const PLAN_ROLE = "goldenpath.plan";

/** `staging-pipeline-plan`, before the project's domain. */
export const pipelineAccountId = (
  environment: { readonly name: string },
  known: Pick<Place, "region" | "regionInNames">,
  identity: PipelineIdentity,
): string => fitName([nameOf(environment, known), "pipeline", identity], GOOGLE_NAMES.serviceAccount);

/** `staging-pipeline-plan@orders-staging.iam.gserviceaccount.com` */
export const pipelineAccount = (
  environment: { readonly name: string },
  known: Pick<Place, "project" | "region" | "regionInNames">,
  identity: PipelineIdentity,
): string => `${pipelineAccountId(environment, known, identity)}@${known.project}.iam.gserviceaccount.com`;
