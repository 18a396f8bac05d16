import { NotAPlan } from "./not-a-plan";
import { type Reviewed, reviewedDigest } from "./reviewed";

/** What was reviewed of some stacks, as it is kept until the apply. */
export interface ReviewedFile {
  /** `reviewedDigest` of the stacks. */
  readonly digest: string;
  readonly stacks: Readonly<Record<string, Reviewed>>;
}

/** Raised where a reader of the form before would take one plan for another. */
const VERSION = 1;

/** Text of the file: JSON, without any value that is sensitive. */
export const reviewedFile = (stacks: Readonly<Record<string, Reviewed>>): string =>
  `${JSON.stringify({ version: VERSION, digest: reviewedDigest(stacks), stacks }, null, 2)}\n`;

const HOW = "give a file that goldenpath reviewed --write has written, and review the plan anew where that is gone";

/**
 * Reads such a file.
 *
 * @throws NotAPlan with one line, where it is another, or was changed since it was written
 */
export function readReviewedFile(text: string): ReviewedFile {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    throw new NotAPlan(`is no JSON, or cut short; ${HOW}`);
  }
  const { version, digest, stacks } = (typeof file === "object" && file !== null ? file : {}) as Partial<
    Record<"digest" | "stacks" | "version", unknown>
  >;
  if (typeof digest !== "string" || typeof stacks !== "object" || stacks === null) {
    throw new NotAPlan(`has no digest, or no stacks; ${HOW}`);
  }
  if (version !== VERSION)
    throw new NotAPlan(`has version ${JSON.stringify(version)}, and ${VERSION} is known; ${HOW}`);
  const known = stacks as ReviewedFile["stacks"];
  if (reviewedDigest(known) !== digest) throw new NotAPlan(`says another digest than it has; ${HOW}`);
  return { digest, stacks: known };
}
