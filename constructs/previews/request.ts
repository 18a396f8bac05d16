import { MOST_PULL_REQUEST } from "../model/previews";
import type { Problem } from "../model/problem";

/** One preview, as whoever deploys it asks for it. Nothing of it is a name that somebody gave to a branch. */
export interface PreviewRequest {
  /** Number of the pull request. */
  readonly pullRequest: number;
  /** Owner and name of the repository whose pull request it is: `acme/my-app`. @default - nobody says, and only its own end ends it */
  readonly repository?: string;
  /** Commit whose images it runs: 40 digits. @default - nobody says */
  readonly commit?: string;
  /** Time at which it is deployed, from which its life is counted. */
  readonly now: Date;
  /** Images that were built for it, by names as `withImages` has them. @default - those of the environment */
  readonly images?: Readonly<Record<string, string>>;
}

/** The same as texts of a command line. */
export interface WrittenRequest {
  readonly pullRequest: string;
  readonly commit?: string | undefined;
  readonly repository?: string | undefined;
}

/** Whether that is owner and name of a repository on GitHub. */
export const isRepository = (text: string): boolean => /^[\w.-]{1,39}\/[\w.-]{1,100}$/.test(text);

export const REPOSITORY_FIX = "give owner and name: acme/my-app";

/** Reads what anybody may have written. Only digits go on from here. */
export function readRequest({ pullRequest, commit, repository }: WrittenRequest): {
  readonly request: Pick<PreviewRequest, "commit" | "pullRequest" | "repository">;
  readonly problems: readonly Problem[];
} {
  const isNumber = /^[1-9]\d{0,6}$/.test(pullRequest);
  const isCommit = commit === undefined || /^[0-9a-f]{40}$/.test(commit);
  return {
    request: {
      pullRequest: Number(pullRequest),
      ...(commit !== undefined && { commit }),
      ...(repository !== undefined && { repository }),
    },
    problems: [
      ...(isNumber
        ? []
        : [
            {
              path: ["arguments", "pull-request"],
              got: pullRequest,
              fix: `use the number of a pull request, 1 to ${MOST_PULL_REQUEST}`,
            },
          ]),
      ...(isCommit ? [] : [{ path: ["--commit"], got: commit, fix: "use a commit's 40 digits, in lower case" }]),
      ...(repository === undefined || isRepository(repository)
        ? []
        : [{ path: ["--repository"], got: repository, fix: REPOSITORY_FIX }]),
    ],
  };
}
