import type { Repository } from "../../../pipelines/subjects";

/** Longest `google.subject`, in bytes: https://cloud.google.com/iam/docs/workload-identity-federation#mapping */
export const LONGEST_GOOGLE_SUBJECT = 127;

export interface GoogleTrust {
  /** Condition of the pool's provider, in CEL: the repository by its numbers, which both forms of token bring. */
  readonly condition: string;
  /** Who may be the service account. */
  readonly members: readonly string[];
}

/** Subjects that Google would refuse. */
export const tooLong = (subjects: readonly string[]): readonly string[] =>
  subjects.filter((subject) => Buffer.byteLength(subject) > LONGEST_GOOGLE_SUBJECT);

/** Which jobs of GitHub's environments are let in. */
interface LetIn {
  /** `ref` of the branch that the environment is deployed from. */
  readonly ref: string;
  /** The one of GitHub's environments whose jobs may be on any: that of previews. @default - none */
  readonly previews?: string;
}

/**
 * Pool of an environment's project. A job of GitHub's environment, which `environment` in a token says, is on its branch, or of a preview.
 *
 * @throws RangeError for a subject that Google would refuse
 */
export function googleTrust(
  { ownerId, id }: Repository,
  { ref, previews }: LetIn,
  subjects: readonly string[],
  pool: string,
): GoogleTrust {
  const [long] = tooLong(subjects);
  if (long !== undefined) throw new RangeError(`${long}: is longer than ${LONGEST_GOOGLE_SUBJECT} bytes`);
  return {
    condition: [
      `assertion.repository_owner_id == '${ownerId}'`,
      `assertion.repository_id == '${id}'`,
      `(!has(assertion.environment) || assertion.ref == '${ref}'${previews === undefined ? "" : ` || assertion.environment == '${previews}'`})`,
    ].join(" && "),
    members: subjects.map((subject) => `principal://iam.googleapis.com/${pool}/subject/${subject}`),
  };
}
