import type { Environment } from "../../model/resolved";
import { ACTIONS } from "../../pipelines/actions";
import type { MetadataAddress } from "../../pipelines/machines";
import type { ApiCallers, PipelineAccess } from "../../pipelines/pipeline";
import { awsRights } from "./pipelines/rights";
import { pipelineRoleName, SESSION_SECONDS } from "./pipelines/roles";
import { PARTITION } from "./regions";

type Known = Parameters<typeof awsRights>[1];

/** Metadata of instances, by both protocols. Names are resolved elsewhere, at 169.254.169.253. */
const METADATA: readonly MetadataAddress[] = [
  { address: "169.254.169.254", resolves: false },
  { address: "fd00:ec2::254", resolves: false },
];

/** A role for each identity, taken on by the token of the job. */
export const pipeline = (
  environment: Pick<Environment, "applications" | "name">,
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
  // Kubeconfigs ask it for tokens.
  machine: { programs: ["aws-cli"], metadata: METADATA },
  variables: [],
});
