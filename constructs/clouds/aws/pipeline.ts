import { ACTIONS } from "../../pipelines/actions";
import type { MetadataAddress } from "../../pipelines/machines";
import type { ApiCallers, PipelineAccess, PipelineIdentity } from "../../pipelines/pipeline";
import { dottedName } from "../shared/dotted-name";
import { AWS_NAMES, nameOf } from "./names";
import { PIPELINE_ROLES } from "./pipelines/policy";
import type { Place } from "./place";
import { PARTITION } from "./regions";

type Known = Pick<Place, "accountId" | "region" | "regionInNames">;

/** Seconds for which a job is who it is. An apply waits for clusters and databases, a deploy for rollouts and for going back. */
export const SESSION_SECONDS = { plan: 3600, deploy: 7200, apply: 7200 } as const satisfies Record<
  PipelineIdentity,
  number
>;

/** Metadata of instances, by both protocols. Names are resolved elsewhere, at 169.254.169.253. */
const METADATA: readonly MetadataAddress[] = [
  { address: "169.254.169.254", resolves: false },
  { address: "fd00:ec2::254", resolves: false },
];

/** `pipeline.staging.plan`: not `staging.` first, as names are that an apply may make and change. */
export const pipelineRoleName = (
  environment: { readonly name: string },
  known: Known,
  identity: PipelineIdentity,
): string => dottedName([`${PIPELINE_ROLES}${nameOf(environment, known)}`, identity], AWS_NAMES.role);

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
  // Kubeconfigs ask it for tokens.
  machine: { programs: ["aws-cli"], metadata: METADATA },
  variables: [],
});
