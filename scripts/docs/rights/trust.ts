import { awsTrust } from "../../../constructs/clouds/aws/pipelines/trust";
import { azureTrust } from "../../../constructs/clouds/azure/pipelines/trust";
import { type GoogleTrust, googleTrust } from "../../../constructs/clouds/google/pipelines/trust";
import { PIPELINE_IDENTITIES, type PipelineIdentity } from "../../../constructs/pipelines/pipeline";
import { refOf, type Repository, SUBJECT_FORMS, type TrustedEnvironment } from "../../../constructs/pipelines/subjects";
import { ISSUER, trustedAs } from "../../../constructs/pipelines/trust";

/* The trust of a sample, as each cloud takes it down. */

const SAMPLE: Repository = { owner: "acme", ownerId: 1234, name: "orders", id: 5678 };
const SAMPLE_ENVIRONMENT: TrustedEnvironment = {
  name: "staging",
  branch: "develop",
  branches: ["develop", "main"],
};

const trusted = (identity: PipelineIdentity) => trustedAs(identity, SAMPLE, SAMPLE_ENVIRONMENT, SUBJECT_FORMS);

export const awsSample = (identity: PipelineIdentity) => awsTrust(trusted(identity), "<account>");

export const azureSample = (identity: PipelineIdentity) => azureTrust(trusted(identity).subjects);

const POOL = "projects/<number>/locations/global/workloadIdentityPools/github";

/** Commands of gcloud: a pool with its provider once for a project, and who may be which service account. */
export function googleCommands(): string {
  const trust = (subjects: readonly string[]): GoogleTrust =>
    googleTrust(SAMPLE, { ref: refOf(SAMPLE_ENVIRONMENT) }, subjects, POOL);
  const lines = (identity: PipelineIdentity): string[] =>
    trust(trusted(identity).subjects).members.map((member) =>
      [
        `gcloud iam service-accounts add-iam-policy-binding staging-pipeline-${identity}@<project>.iam.gserviceaccount.com`,
        `  --project <project> --role roles/iam.workloadIdentityUser --member '${member}'`,
      ].join(" \\\n"),
    );
  return [
    "gcloud iam workload-identity-pools create github --project <project> --location global",
    [
      "gcloud iam workload-identity-pools providers create-oidc github --project <project> --location global",
      `  --workload-identity-pool github --issuer-uri https://${ISSUER} --attribute-mapping google.subject=assertion.sub`,
      `  --attribute-condition "${trust([]).condition}"`,
    ].join(" \\\n"),
    ...PIPELINE_IDENTITIES.flatMap(lines),
  ].join("\n");
}
