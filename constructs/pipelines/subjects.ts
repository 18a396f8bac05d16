import type { PipelineIdentity } from "./identity";

/** A repository on GitHub, by what it is called and by what it is. */
export interface Repository {
  /** `acme` */
  readonly owner: string;
  /** Number of the owner, which nobody else ever gets: `gh api users/acme --jq .id` */
  readonly ownerId: number;
  /** `orders` */
  readonly name: string;
  /** Number of the repository: `gh api repos/acme/orders --jq .id` */
  readonly id: number;
}

/** An environment, as jobs are about it. */
export interface TrustedEnvironment {
  readonly name: string;
  /** Branch that it is deployed from: `develop` */
  readonly branch: string;
  /** Branches that something is deployed from, of the whole repository: what is scheduled begins on its default branch. */
  readonly branches: readonly string[];
}

/**
 * Forms of the subject in a token of GitHub's. `ids`: repositories that were made, renamed or transferred on or after 2026-07-15 have the numbers
 * in it, which no other repository ever has. `names`: all others, until they ask for it; whoever gets the name later has the same.
 */
export type SubjectForm = (typeof SUBJECT_FORMS)[number];

export const SUBJECT_FORMS = ["ids", "names"] as const;

const repositoryIn = ({ owner, ownerId, name, id }: Repository, form: SubjectForm): string =>
  form === "ids" ? `repo:${owner}@${ownerId}/${name}@${id}` : `repo:${owner}/${name}`;

/** Environment of GitHub's that jobs of previews name: `preview-staging`. */
export const previewEnvironment = (environment: string): string => `preview-${environment}`;

/** What follows the repository in the subjects of jobs that may be this identity. */
export function claimsOf(identity: PipelineIdentity, { name, branches }: TrustedEnvironment): readonly string[] {
  const pushed = branches.map((branch) => `ref:refs/heads/${branch}`);
  if (identity === "plan") return ["pull_request", ...pushed];
  // By the clock, on the default branch, and with nobody to approve it.
  if (identity === "sweep") return pushed;
  if (identity === "preview") return [`environment:${previewEnvironment(name)}`];
  // Such a job has an environment of GitHub's, which asks its reviewers. That it does is the repository's to say.
  return [`environment:${name}`];
}

/** Subjects of jobs that may be this identity, each exact, in these forms. */
export const subjectsOf = (
  repository: Repository,
  identity: PipelineIdentity,
  environment: TrustedEnvironment,
  forms: readonly SubjectForm[],
): readonly string[] =>
  forms.flatMap((form) => claimsOf(identity, environment).map((claim) => `${repositoryIn(repository, form)}:${claim}`));

/**
 * The branch that a job of GitHub's environment must be on, as `ref` of its token. The subject of such a job does not say it, and
 * whoever may push a workflow may name an environment, which GitHub then makes without reviewers or branches: this is asked
 * beside it where the cloud can ask.
 */
export const refOf = ({ branch }: TrustedEnvironment): string => `refs/heads/${branch}`;
