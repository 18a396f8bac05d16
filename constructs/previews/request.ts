import { MOST_PULL_REQUEST } from "../model/previews";
import type { Problem } from "../model/problem";

/** One preview, as whoever deploys it asks for it. Nothing of it is a name that somebody gave to a branch. */
export interface PreviewRequest {
  /** Number of the pull request. */
  readonly pullRequest: number;
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
}

/** Reads what anybody may have written. Only digits go on from here. */
export function readRequest({ pullRequest, commit }: WrittenRequest): {
  readonly request: Pick<PreviewRequest, "commit" | "pullRequest">;
  readonly problems: readonly Problem[];
} {
  const isNumber = /^[1-9]\d{0,6}$/.test(pullRequest);
  const isCommit = commit === undefined || /^[0-9a-f]{40}$/.test(commit);
  return {
    request: { pullRequest: Number(pullRequest), ...(commit !== undefined && { commit }) },
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
    ],
  };
}
