import { applicationPolicy } from "../../../constructs/clouds/aws/pipelines/application";
import { applyPolicy } from "../../../constructs/clouds/aws/pipelines/apply";
import { boundaryPolicy } from "../../../constructs/clouds/aws/pipelines/boundary";
import type { RightsIn } from "../../../constructs/clouds/aws/pipelines/policy";
import { previewPolicy, sweepPolicy } from "../../../constructs/clouds/aws/pipelines/previews";
import { deployPolicy, planPolicy } from "../../../constructs/clouds/aws/pipelines/read";

/** Names of a reader's own, each to be written in. */
const NAMES: RightsIn = {
  region: "<region>",
  accountId: "<account>",
  environment: "<environment>",
  cluster: "<cluster>",
  stateBucket: "<state bucket>",
  stacks: ["<stack>"],
  stateStack: "state-<environment>",
  boundary: "<boundary>",
  previewFolder: "previews",
};

export const AWS_BOUNDARY = boundaryPolicy;
export const AWS_PLAN = planPolicy(NAMES);
export const AWS_APPLY = applyPolicy(NAMES);
export const AWS_APPLICATION = applicationPolicy(NAMES);
export const AWS_DEPLOY = deployPolicy(NAMES);
export const AWS_PREVIEW = previewPolicy(NAMES);
export const AWS_SWEEP = sweepPolicy(NAMES);
