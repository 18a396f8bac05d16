import { ACTIONS } from "../../pipelines/actions";
import { guardStep } from "./guard-step";
import type { Deploy } from "./options";
import { setUpSteps } from "./own-program";
import { expression, READ_CODE, RUNNER } from "./steps";
import type { Job, RunStep, Step } from "./workflow";

/*
 * A commit of images to the branch of an environment, with everything that is rendered of them. GitHub's own token may not push past a branch's
 * rules, and no list of exceptions takes it, so that the commit is an App's: its key is a secret of an environment of GitHub's of its own.
 */

/** GitHub's environment with the App's key, for the branch of this environment alone: `images-staging`. */
const keyEnvironment = (environment: string): string => `images-${environment}`;

/** File of the images of an environment. */
export const imagesFile = (folder: string, environment: string): string => `${folder}/${environment}.json`;

/** Login that commits and pushes of the App have. */
export const botOf = (committer: string): string => `${committer}[bot]`;

/** What a job has that commits images of an environment. */
export const committing = ({
  environment,
}: Pick<Deploy, "environment">): Pick<Job, "environment" | "permissions" | "runsOn" | "timeoutMinutes"> => ({
  runsOn: RUNNER,
  timeoutMinutes: 15,
  environment: { name: keyEnvironment(environment) },
  permissions: [
    READ_CODE,
    {
      scope: "actions",
      access: "write",
      why: "to read the rules of the environment, and to end runs that wait in vain",
    },
  ],
});

interface Committed {
  readonly branch: string;
  /** Expression of the commit that is written on. */
  readonly on: string;
  /** Lines that write the file. They see `FILE` and `ENVIRONMENT`. */
  readonly write: RunStep;
  /** First line of the commit, as Bash reads it between quotes. */
  readonly message: string;
  /** What follows it. @default - nothing */
  readonly body?: string;
  readonly environment: string;
  readonly file: string;
  /** Variables of the commit's own. @default - none */
  readonly env?: Readonly<Record<string, string>>;
  /** Condition of the commit. @default - always */
  readonly onlyIf?: string;
  /** File of the workflow that applies it. */
  readonly workflow: string;
}

/** Steps that write images, render what is made of them, and commit both as one, if nobody has committed since. */
export const commitSteps = ({
  branch,
  on,
  write,
  message,
  body = "",
  environment,
  file,
  onlyIf,
  workflow,
  env: own = {},
}: Committed): readonly Step[] => {
  const condition = onlyIf === undefined ? {} : { if: onlyIf };
  const env = { BRANCH: branch, ENVIRONMENT: environment, FILE: file };
  return [
    guardStep({ environment: keyEnvironment(environment), branch }),
    ...setUpSteps({ commit: on }),
    { ...write, env: { ...env, ...write.env } },
    { name: "Render what is made of them", ...condition, run: ["npx --no-install goldenpath render"] },
    {
      name: "Become who commits",
      ...condition,
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
      ...condition,
      env: { ...env, ...own, GH_TOKEN: expression("steps.committer.outputs.token") },
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
        `  --arg head "$(git rev-parse HEAD)" --arg headline "${message}" --arg body "${body}" '{`,
        `    query: "mutation ($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }",`,
        `    variables: { input: { branch: { repositoryNameWithOwner: $repository, branchName: $branch }, expectedHeadOid: $head,`,
        `      message: { headline: $headline, body: $body }, fileChanges: { additions: $additions } } } }' >"$RUNNER_TEMP/commit.json"`,
        `if gh api graphql --input "$RUNNER_TEMP/commit.json" --jq .data.createCommitOnBranch.commit.oid; then`,
        `  echo "committed=true" >>"$GITHUB_OUTPUT"`,
        `  exit 0`,
        `fi`,
        // Whoever committed meanwhile has a run that builds and hands over what is newer.
        `newest=$(gh api "repos/$GITHUB_REPOSITORY/git/ref/heads/$BRANCH" --jq .object.sha)`,
        `if [ "$newest" = "$(git rev-parse HEAD)" ]; then exit 1; fi`,
        `echo "::error::$BRANCH went on to $newest meanwhile, and nothing was committed; run this job again if nothing newer is on its way"`,
        `exit 1`,
      ],
    },
    {
      name: "End runs that wait for an approval of what was before",
      if: "steps.commit.outputs.committed == 'true'",
      env: { GH_TOKEN: expression("github.token"), BRANCH: branch, WORKFLOW: workflow },
      run: [
        // Approved, they would do nothing, as theirs is not the newest commit any more; and what was committed waits for them.
        `gh run list --repo "$GITHUB_REPOSITORY" --workflow "$WORKFLOW" --branch "$BRANCH" --event push --status waiting --json databaseId \\`,
        `  --jq '.[].databaseId' >"$RUNNER_TEMP/waiting"`,
        `newest=$(gh api "repos/$GITHUB_REPOSITORY/git/ref/heads/$BRANCH" --jq .object.sha)`,
        `while read -r run; do`,
        // Approved meanwhile, it may be at work.
        `  gh run view "$run" --repo "$GITHUB_REPOSITORY" --json headSha,status </dev/null >"$RUNNER_TEMP/run.json"`,
        `  if [ "$(jq --arg newest "$newest" '.status == "waiting" and .headSha != $newest' "$RUNNER_TEMP/run.json")" != true ]; then continue; fi`,
        `  gh run cancel "$run" --repo "$GITHUB_REPOSITORY" </dev/null || echo "::notice::run $run has ended by itself"`,
        `done <"$RUNNER_TEMP/waiting"`,
      ],
    },
  ];
};
