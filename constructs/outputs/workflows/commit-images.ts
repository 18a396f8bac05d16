import { ACTIONS } from "../../pipelines/actions";
import { setUpSteps } from "./own-program";
import { expression, READ_CODE, RUNNER } from "./steps";
import type { Job, RunStep, Step } from "./workflow";

/*
 * A commit of images to the branch of an environment, with everything that is rendered of them. GitHub's own token may not push past a branch's
 * rules, and no list of exceptions takes it, so that the commit is an App's: its key is a secret of GitHub's environment `images`.
 */

/** GitHub's environment with the App's key, for the branches that are deployed alone. */
export const IMAGES_ENVIRONMENT = "images";

/** File of the images of an environment. */
export const imagesFile = (folder: string, environment: string): string => `${folder}/${environment}.json`;

/** Login that commits and pushes of the App have. */
export const botOf = (committer: string): string => `${committer}[bot]`;

/** What a job has that commits images of an environment. */
export const committing = (): Pick<Job, "environment" | "permissions" | "runsOn" | "timeoutMinutes"> => ({
  runsOn: RUNNER,
  timeoutMinutes: 15,
  environment: { name: IMAGES_ENVIRONMENT },
  permissions: [READ_CODE],
});

interface Committed {
  readonly branch: string;
  /** Expression of the commit that is written on. */
  readonly on: string;
  /** Lines that write the file. They see `FILE` and `ENVIRONMENT`. */
  readonly write: RunStep;
  /** Text of the commit, as Bash reads it between quotes. */
  readonly message: string;
  readonly environment: string;
  readonly file: string;
}

/** Steps that write images, render what is made of them, and commit both as one, if nobody has committed since. */
export const commitSteps = ({ branch, on, write, message, environment, file }: Committed): readonly Step[] => {
  const env = { BRANCH: branch, ENVIRONMENT: environment, FILE: file };
  return [
    ...setUpSteps({ commit: on }),
    { ...write, env: { ...env, ...write.env } },
    { name: "Render what is made of them", run: ["npx --no-install goldenpath render"] },
    {
      name: "Become who commits",
      id: "committer",
      uses: ACTIONS.appToken,
      with: {
        "client-id": expression("vars.IMAGES_CLIENT_ID"),
        "private-key": expression("secrets.IMAGES_PRIVATE_KEY"),
        "permission-contents": "write",
      },
    },
    {
      name: "Commit",
      id: "commit",
      env: { ...env, GH_TOKEN: expression("steps.committer.outputs.token") },
      run: [
        `git diff --name-only --diff-filter=d >"$RUNNER_TEMP/changed"`,
        `git ls-files --others --exclude-standard >>"$RUNNER_TEMP/changed"`,
        `if [ ! -s "$RUNNER_TEMP/changed" ]; then`,
        `  echo "$FILE says so already"`,
        `  exit 0`,
        `fi`,
        `while read -r path; do`,
        `  base64 --wrap 0 "$path" >"$RUNNER_TEMP/contents"`,
        `  jq --null-input --arg path "$path" --rawfile contents "$RUNNER_TEMP/contents" '{ $path, $contents }'`,
        `done <"$RUNNER_TEMP/changed" >"$RUNNER_TEMP/additions.json"`,
        `jq --null-input --slurpfile additions "$RUNNER_TEMP/additions.json" --arg repository "$GITHUB_REPOSITORY" --arg branch "$BRANCH" \\`,
        `  --arg head "$(git rev-parse HEAD)" --arg headline "${message}" '{`,
        `    query: "mutation ($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }",`,
        `    variables: { input: { branch: { repositoryNameWithOwner: $repository, branchName: $branch }, expectedHeadOid: $head,`,
        `      message: { headline: $headline }, fileChanges: { additions: $additions } } } }' >"$RUNNER_TEMP/commit.json"`,
        `if gh api graphql --input "$RUNNER_TEMP/commit.json" --jq .data.createCommitOnBranch.commit.oid; then exit 0; fi`,
        // Whoever committed meanwhile has a run that builds and hands over what is newer.
        `newest=$(gh api "repos/$GITHUB_REPOSITORY/git/ref/heads/$BRANCH" --jq .object.sha)`,
        `if [ "$newest" = "$(git rev-parse HEAD)" ]; then exit 1; fi`,
        `echo "::error::$BRANCH went on to $newest meanwhile, and nothing was committed; run this job again if nothing newer is on its way"`,
        `exit 1`,
      ],
    },
  ];
};
