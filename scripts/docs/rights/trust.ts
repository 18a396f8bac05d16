import { PIPELINE_IDENTITIES, type PipelineIdentity } from "../../../constructs/pipelines/pipeline";
import {
  refOf,
  type Repository,
  type SubjectForm,
  subjectsOf,
  type TrustedEnvironment,
} from "../../../constructs/pipelines/subjects";

/* Who jobs of GitHub's may be, as each cloud takes it down. Nothing in it has a wildcard: a test evaluates it against tokens. */

const ISSUER = "token.actions.githubusercontent.com";

export interface AwsTrust {
  readonly Version: "2012-10-17";
  readonly Statement: readonly [
    {
      readonly Effect: "Allow";
      readonly Principal: { readonly Federated: string };
      readonly Action: "sts:AssumeRoleWithWebIdentity";
      readonly Condition: { readonly StringEquals: Readonly<Record<string, string | readonly string[]>> };
    },
  ];
}

/** Who is let in, and from where. */
export interface Trusted {
  readonly repository: Repository;
  readonly subjects: readonly string[];
  /** `ref` of the token: of who changes anything. @default - any that the subjects allow */
  readonly ref?: string | undefined;
}

/**
 * Trust policy of a role. Equal and not like: a star in a subject is a star in a name. Number and branch are keys of STS since January
 * 2026, for the tokens of GitHub's alone:
 * https://aws.amazon.com/about-aws/whats-new/2026/01/aws-sts-supports-validation-identity-provider-claims/
 */
export const awsTrust = ({ repository, subjects, ref }: Trusted, account = "<account>"): AwsTrust => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/${ISSUER}` },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          [`${ISSUER}:aud`]: "sts.amazonaws.com",
          [`${ISSUER}:repository_id`]: String(repository.id),
          ...(ref !== undefined && { [`${ISSUER}:ref`]: ref }),
          [`${ISSUER}:sub`]: subjects,
        },
      },
    },
  ],
});

/** Longest `google.subject`, in bytes: https://cloud.google.com/iam/docs/workload-identity-federation#mapping */
export const LONGEST_GOOGLE_SUBJECT = 127;

export interface GoogleTrust {
  /** Condition of the pool's provider, in CEL: the repository by its numbers, which both forms of token bring. */
  readonly condition: string;
  /** Who may be the service account. */
  readonly members: readonly string[];
}

/**
 * Pool of an environment's project. A job of GitHub's environment, which `environment` in a token says, is on its branch.
 *
 * @throws RangeError for a subject that Google would refuse
 */
export function googleTrust(
  { ownerId, id }: Repository,
  ref: string,
  subjects: readonly string[],
  pool: string,
): GoogleTrust {
  const long = subjects.find((subject) => Buffer.byteLength(subject) > LONGEST_GOOGLE_SUBJECT);
  if (long !== undefined) throw new RangeError(`${long}: is longer than ${LONGEST_GOOGLE_SUBJECT} bytes`);
  return {
    condition: [
      `assertion.repository_owner_id == '${ownerId}'`,
      `assertion.repository_id == '${id}'`,
      `(!has(assertion.environment) || assertion.ref == '${ref}')`,
    ].join(" && "),
    members: subjects.map((subject) => `principal://iam.googleapis.com/${pool}/subject/${subject}`),
  };
}

/** Most credentials of one managed identity: https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations */
const MOST_AZURE_CREDENTIALS = 20;

export interface AzureCredential {
  readonly name: string;
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly ["api://AzureADTokenExchange"];
}

/** @throws RangeError for more than one identity may have */
export function azureTrust(subjects: readonly string[]): readonly AzureCredential[] {
  if (subjects.length > MOST_AZURE_CREDENTIALS) {
    throw new RangeError(`${subjects.length} credentials: an identity has ${MOST_AZURE_CREDENTIALS} at most`);
  }
  return subjects.map((subject, index) => ({
    name: `github-${index + 1}`,
    issuer: `https://${ISSUER}`,
    subject,
    audiences: ["api://AzureADTokenExchange"],
  }));
}

/** The sample of the documents. */
export const SAMPLE: Repository = { owner: "acme", ownerId: 1234, name: "orders", id: 5678 };
export const SAMPLE_ENVIRONMENT: TrustedEnvironment = {
  name: "staging",
  branch: "develop",
  branches: ["develop", "main"],
};
export const BOTH_FORMS: readonly SubjectForm[] = ["ids", "names"];

export const sampleSubjects = (identity: PipelineIdentity): readonly string[] =>
  subjectsOf(SAMPLE, identity, SAMPLE_ENVIRONMENT, BOTH_FORMS);

/** Who may be one identity of the sample. */
export const sampleTrust = (identity: PipelineIdentity): Trusted => ({
  repository: SAMPLE,
  subjects: sampleSubjects(identity),
  ref: identity === "plan" ? undefined : refOf(SAMPLE_ENVIRONMENT),
});

const POOL = "projects/<number>/locations/global/workloadIdentityPools/github";

/** Commands of gcloud: a pool with its provider once for a project, and who may be which service account. */
export function googleCommands(): string {
  const trust = (subjects: readonly string[]): GoogleTrust =>
    googleTrust(SAMPLE, refOf(SAMPLE_ENVIRONMENT), subjects, POOL);
  const lines = (identity: PipelineIdentity): string[] =>
    trust(sampleSubjects(identity)).members.map((member) =>
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
