import { imagesFile } from "./commit-images";
import type { DeployPlace } from "./deploy-place";
import { expression } from "./steps";
import { checkName, digestOfFolder, reviewedName } from "./try-job";
import type { RunStep } from "./workflow";

/** Name of the artifact that a run has left where it has applied everything. */
export const appliedName = ({ environment }: DeployPlace): string => `applied-${environment.name}`;

/** Most commits whose pull requests are looked for. */
const COMMITS = 100;

/**
 * Picks from a list of artifacts the newest that a run of this branch has left. A run of another branch, or of a fork, may leave what it likes.
 * Its `$branch` is an argument of jq's.
 */
export const NEWEST_OF_BRANCH =
  "[.artifacts[] | select((.expired | not) and .workflow_run.head_branch == $branch and " +
  ".workflow_run.head_repository_id == .workflow_run.repository_id)] | sort_by(.created_at) | last | .workflow_run";

/**
 * Asks whether each change of a plan was in the plan of one of the pull requests that were merged since everything was applied: one is found by
 * its head, whatever the merge has made of its commits. A push stops at a change that nobody has seen, as when the world has moved; whoever
 * starts the workflow by hand takes the plan as it is.
 */
export function seenStep(
  place: DeployPlace,
  stack: string,
  { folder, workflow }: { folder: string; workflow: string },
): RunStep {
  const { environment, deploy } = place;
  const images = environment.release === "terraform" ? [` --images "$FILE"`] : [];
  return {
    name: "See whether people have seen it",
    env: {
      GH_TOKEN: expression("github.token"),
      STACK: stack,
      BRANCH: deploy.branch,
      APPLIED: appliedName(place),
      REVIEWED: reviewedName(place),
      CHECK: checkName(place),
      WORKFLOW: workflow,
      BY_HAND: expression("github.event_name == 'workflow_dispatch' && !endsWith(github.triggering_actor, '[bot]')"),
      ...(images.length > 0 && { FILE: imagesFile(folder, environment.name) }),
    },
    run: [
      `seen="$RUNNER_TEMP/seen"`,
      `mkdir -p "$seen"`,
      `since=$(gh api "repos/$GITHUB_REPOSITORY/actions/artifacts?name=$APPLIED&per_page=100" |`,
      `  jq --raw-output --arg branch "$BRANCH" '${NEWEST_OF_BRANCH}.head_sha // empty')`,
      `commits="$GITHUB_SHA"`,
      `if [ -n "$since" ]; then`,
      `  commits=$(gh api "repos/$GITHUB_REPOSITORY/compare/$since...$GITHUB_SHA" --jq '.commits[].sha' | tail -n ${COMMITS}) || commits="$GITHUB_SHA"`,
      `fi`,
      `heads=$(for commit in $commits; do`,
      `  gh api "repos/$GITHUB_REPOSITORY/commits/$commit/pulls" |`,
      `    jq --raw-output --arg branch "$BRANCH" '.[] | select(.merged_at != null and .base.ref == $branch) | .head.sha'`,
      `done | sort -u)`,
      `for head in $heads; do`,
      `  run=$(gh api "repos/$GITHUB_REPOSITORY/actions/workflows/$WORKFLOW/runs?event=pull_request&status=success&head_sha=$head&per_page=100" |`,
      `    jq --raw-output '[.workflow_runs[] | select(.head_repository.id == .repository.id)] | sort_by(.created_at) | last | .id // empty')`,
      `  if [ -z "$run" ] || ! gh run download "$run" --repo "$GITHUB_REPOSITORY" --name "$REVIEWED" --dir "$seen/$head"; then`,
      `    echo "::notice::nothing is kept of what was planned for $head"`,
      `    continue`,
      `  fi`,
      `  said=$(gh api "repos/$GITHUB_REPOSITORY/commits/$head/check-runs?check_name=\${CHECK// /%20}&per_page=100" |`,
      `    jq --raw-output '[.check_runs[] | select(.app.slug == "github-actions")] | sort_by(.id) | last | .output.title // empty')`,
      ...digestOfFolder(`"$seen/$head"`).map((line) => `  ${line}`),
      `  if [ "$digest" != "$said" ]; then`,
      `    echo "::warning::what is kept of the plan for $head has not the digest that its check says, and counts for nothing"`,
      `    rm -rf "\${seen:?}/$head"`,
      `  fi`,
      `done`,
      `if npx --no-install goldenpath reviewed "$RUNNER_TEMP/$STACK.json" --seen "$seen"${images.join("")}; then`,
      `  echo "each change was in a plan that people have seen"`,
      `elif [ "$BY_HAND" = true ]; then`,
      `  echo "::warning::nobody has seen all of it, and somebody has started it by hand"`,
      `else`,
      `  echo "::error::nobody has seen all of it; look at it, and start the workflow by hand to take it as it is"`,
      `  exit 1`,
      `fi`,
    ],
  };
}
