import type { Environment } from "../../model/resolved";
import { ACTIONS } from "../../pipelines/actions";
import type { MetadataAddress } from "../../pipelines/machines";
import {
  type ApiCallers,
  type PipelineAccess,
  type SignInStep,
  variableName,
  variableValue,
} from "../../pipelines/pipeline";
import { pipelineAccount, POOL } from "./pipelines/accounts";
import { googleRights } from "./pipelines/rights";
import { PROJECT_NUMBER } from "./pipelines/script";

type Known = Parameters<typeof googleRights>[1];

/** The metadata server of Compute Engine, which is its resolver of names, too. */
const METADATA: readonly MetadataAddress[] = [
  { address: "169.254.169.254", resolves: true },
  { address: "fd20:ce::254", resolves: true },
];

/** A service account for each identity, which the job becomes by the pool of the project. */
export const pipeline = (
  environment: Pick<Environment, "applications" | "name">,
  known: Known,
  callers: ApiCallers,
): PipelineAccess => ({
  signIn: (identity): readonly SignInStep[] => [
    {
      name: "Sign in to Google Cloud",
      uses: ACTIONS.signInToGoogle,
      with: {
        workload_identity_provider:
          `projects/${variableValue(environment, PROJECT_NUMBER)}/locations/global/` +
          `workloadIdentityPools/${POOL}/providers/${POOL}`,
        service_account: pipelineAccount(environment, known, identity),
        project_id: known.project,
      },
    },
    {
      name: "Set up gcloud",
      uses: ACTIONS.setupGcloud,
      with: { project_id: known.project, install_components: "gke-gcloud-auth-plugin" },
    },
  ],
  env: () => ({}),
  callers,
  rights: (asked) => googleRights(environment, known, asked),
  // A step brings gcloud and the plugin of kubectl.
  machine: { programs: [], metadata: METADATA },
  variables: [
    {
      name: variableName(environment, PROJECT_NUMBER),
      description: `number of the project ${known.project}: \`gcloud projects describe ${known.project} --format 'value(projectNumber)'\``,
    },
  ],
});
