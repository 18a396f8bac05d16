import type { DeployPlace } from "./deploy-place";
import { smokeStep } from "./smoke";
import { expression, READ_CODE, RUNNER } from "./steps";
import type { Job } from "./workflow";

/* What follows an apply where Terraform releases: whether it works, and the way back to the images before. */

/** How the message of a commit begins that went back, after which nothing goes back again. */
const BACK = "Back to the images before";

export const smokeJob = ({ environment, deploy }: DeployPlace, applied: string): Job => ({
  name: `Smoke test of ${environment.name}`,
  needs: [applied],
  runsOn: RUNNER,
  timeoutMinutes: 15,
  permissions: [],
  steps: [smokeStep(deploy)],
});

/**
 * Commits the images that the environment had before, and has them applied, where this commit is the one that changed them. Once: what it has
 * gone back to is not left for that which did not work.
 */
export const rollBackJob = (
  { environment, deploy }: DeployPlace,
  {
    folder,
    infrastructure,
    applied,
    smoke,
  }: Readonly<Record<"applied" | "folder" | "infrastructure" | "smoke", string>>,
): Job => ({
  name: `Roll back ${environment.name}`,
  needs: [applied, smoke],
  if: `!cancelled() && (needs.${applied}.result == 'failure' || needs.${smoke}.result == 'failure')`,
  runsOn: RUNNER,
  timeoutMinutes: 15,
  concurrency: { group: `images-${environment.name}`, "cancel-in-progress": false },
  permissions: [
    { ...READ_CODE, access: "write", why: "to commit the images of before" },
    { scope: "actions", access: "write", why: "to start this workflow with them" },
  ],
  steps: [
    {
      name: "Commit the images of before, and apply them",
      env: {
        GH_TOKEN: expression("github.token"),
        BRANCH: deploy.branch,
        ENVIRONMENT: environment.name,
        FILE: `${folder}/${environment.name}.json`,
        WORKFLOW: infrastructure,
      },
      run: [
        `commits=$(gh api "repos/$GITHUB_REPOSITORY/commits?path=$FILE&sha=$BRANCH&per_page=2")`,
        `newest=$(jq --raw-output '.[0].sha // empty' <<<"$commits")`,
        `before=$(jq --raw-output '.[1].sha // empty' <<<"$commits")`,
        `message=$(jq --raw-output '.[0].commit.message // empty' <<<"$commits")`,
        `if [ "$newest" != "$GITHUB_SHA" ] || [ -z "$before" ]; then`,
        `  echo "::error::this commit has changed no image of $ENVIRONMENT: there is nothing to go back to"`,
        `  exit 1`,
        `fi`,
        `case "$message" in "${BACK}"*)`,
        `  echo "::error::the images of before do not work either: nothing is tried any more"`,
        `  exit 1 ;;`,
        `esac`,
        `content=$(gh api "repos/$GITHUB_REPOSITORY/contents/$FILE?ref=$before" --jq .content | tr --delete '\\n')`,
        `sha=$(gh api "repos/$GITHUB_REPOSITORY/contents/$FILE?ref=$BRANCH" --jq .sha)`,
        `gh api --method PUT "repos/$GITHUB_REPOSITORY/contents/$FILE" --silent --raw-field branch="$BRANCH" \\`,
        `  --raw-field message="${BACK} in $ENVIRONMENT, as those of $newest do not work" \\`,
        `  --raw-field sha="$sha" --raw-field content="$content"`,
        `gh workflow run "$WORKFLOW" --repo "$GITHUB_REPOSITORY" --ref "$BRANCH" --raw-field environment="$ENVIRONMENT"`,
      ],
    },
  ],
});
