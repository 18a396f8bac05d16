import { fitName } from "../../model/names";
import { ACTIONS } from "../../pipelines/actions";
import type { MetadataAddress } from "../../pipelines/machines";
import {
  type ApiCallers,
  type PipelineAccess,
  type PipelineIdentity,
  type SignInStep,
  variableName,
  variableValue,
} from "../../pipelines/pipeline";
import { GOOGLE_NAMES, nameOf } from "./names";
import type { Place } from "./place";

type Known = Pick<Place, "project" | "region" | "regionInNames">;

/** Pool and provider of the project's own, by fixed names: a project is of one environment. */
export const POOL = "github";

const PROJECT_NUMBER = "PROJECT_NUMBER";

/** The metadata server of Compute Engine, which is its resolver of names, too. */
const METADATA: readonly MetadataAddress[] = [
  { address: "169.254.169.254", resolves: true },
  { address: "fd20:ce::254", resolves: true },
];

/** `staging-pipeline-plan`, before the project's domain. */
export const pipelineAccountId = (
  environment: { readonly name: string },
  known: Known,
  identity: PipelineIdentity,
): string => fitName([nameOf(environment, known), "pipeline", identity], GOOGLE_NAMES.serviceAccount);

/** A service account for each identity, which the job becomes by the pool of the project. */
export const pipeline = (
  environment: { readonly name: string },
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
        service_account: `${pipelineAccountId(environment, known, identity)}@${known.project}.iam.gserviceaccount.com`,
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
  // A step brings gcloud and the plugin of kubectl.
  machine: { programs: [], metadata: METADATA },
  variables: [
    {
      name: variableName(environment, PROJECT_NUMBER),
      description: `number of the project ${known.project}: \`gcloud projects describe ${known.project} --format 'value(projectNumber)'\``,
    },
  ],
});
