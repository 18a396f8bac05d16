import type { PipelineIdentity } from "./identity";
import { refOf, type Repository, type SubjectForm, subjectsOf, type TrustedEnvironment } from "./subjects";

/* Who jobs of GitHub's may be. How it is taken down is each cloud's; nothing in it has a wildcard: a test evaluates it against tokens. */

/** Where tokens of GitHub's are from, without `https://`. */
export const ISSUER = "token.actions.githubusercontent.com";

/** Who is let in, and from where. */
export interface Trusted {
  readonly repository: Repository;
  readonly subjects: readonly string[];
  /** `ref` of the token: of who changes anything. @default - any that the subjects allow */
  readonly ref?: string | undefined;
}

/** Who may be this identity of an environment, by tokens in these forms. */
export const trustedAs = (
  identity: PipelineIdentity,
  repository: Repository,
  environment: TrustedEnvironment,
  forms: readonly SubjectForm[],
): Trusted => ({
  repository,
  subjects: subjectsOf(repository, identity, environment, forms),
  // A pull request is on no branch, and the subject of a sweep says which it is on.
  ref: identity === "apply" || identity === "deploy" ? refOf(environment) : undefined,
});
