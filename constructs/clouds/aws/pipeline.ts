import { ACTIONS } from "../../pipelines/actions";
import type { ApiCallers, PipelineAccess } from "../../pipelines/pipeline";
import { awsRights } from "./pipelines/rights";
import { pipelineRoleName, SESSION_SECONDS } from "./pipelines/roles";
import { PARTITION } from "./regions";

type Known = Parameters<typeof awsRights>[1];

/** A role for each identity, taken on by the token of the job. */
export const pipeline = (
  environment: { readonly name: string },
  known: Known,
  callers: ApiCallers,
): PipelineAccess => ({
  signIn: (identity) => [
    {
      name: "Sign in to AWS",
      uses: ACTIONS.signInToAws,
      with: {
        "role-to-assume": `arn:${PARTITION}:iam::${known.accountId}:role/${pipelineRoleName(environment, known, identity)}`,
        "aws-region": known.region,
        "role-duration-seconds": SESSION_SECONDS[identity],
        // Another account's is refused.
        "allowed-account-ids": known.accountId,
      },
    },
  ],
  env: () => ({}),
  callers,
  rights: (asked) => awsRights(environment, known, asked),
  variables: [],
});
