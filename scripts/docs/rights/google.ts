import {
  GOOGLE_DEPLOY_ROLES,
  GOOGLE_PLAN_PERMISSIONS,
  googleApplicationRoles,
  googleApplyRoles,
  googlePlanRoles,
} from "../../../constructs/clouds/google/pipelines/roles";

export const GOOGLE_PLAN = googlePlanRoles();
export const GOOGLE_APPLY = googleApplyRoles();
export const GOOGLE_APPLICATION = googleApplicationRoles();
export const GOOGLE_DEPLOY = GOOGLE_DEPLOY_ROLES;

/** The one role that Google does not have. */
export const googleRoleCommand = (): string =>
  [
    "gcloud iam roles create goldenpath.plan --project <project> --title 'goldenpath plan' --stage GA",
    `  --permissions ${GOOGLE_PLAN_PERMISSIONS.join(",")}`,
  ].join(" \\\n");
