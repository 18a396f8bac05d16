import { isAttested } from "./attest-job";
import { botOf, imagesFile } from "./commit-images";
import type { DeployPlace } from "./deploy-place";
import { MARKED } from "./marks";
import type { StackContext } from "./stack-context";
import { expression } from "./steps";
import { checkName, digestOfFolder, reviewedName } from "./try-job";
import type { RunStep } from "./workflow";

/** Name of the artifact that a run has left where it has applied everything. */
export const appliedName = ({ environment }: DeployPlace): string => `applied-${environment.name}`;

/** Most commits whose pull requests are looked for. */
const COMMITS = 100;

/**
 * Asks whether each change of a plan was in the plan of one of the pull requests that were merged since everything was applied: one is found by
 * its head, whatever the merge has made of its commits. A push stops at a change that nobody has seen, as when the world has moved; whoever
 * starts the workflow by hand takes the plan as it is.
 */
export function seenStep(place: DeployPlace, stack: string, context: StackContext): RunStep {
  const { folder, workflow } = context;
  const { environment, deploy } = place;
  const images = environment.release === "terraform" ? [` --images "$FILE"`] : [];
  return {
    name: "See whether people have seen it",
    // What others have changed, and a plan would only write down, is none of the push's.
    if: "steps.plan.outputs.changes == 'true'",
    env: {
      GH_TOKEN: expression("github.token"),
      STACK: stack,
      BRANCH: deploy.branch,
      BOT: botOf(context.committer),
      MARK: appliedName(place),
      REVIEWED: reviewedName(place),
      CHECK: checkName(place),
      WORKFLOW: workflow,
      BY_HAND: expression("github.event_name == 'workflow_dispatch' && !endsWith(github.triggering_actor, '[bot]')"),
      ...(images.length > 0 && { FILE: imagesFile(folder, environment.name) }),
    },
    run: [
      `seen="$RUNNER_TEMP/seen"`,
      `mkdir -p "$seen"`,
      ...MARKED,
      `if [ -z "$marked" ]; then`,
      `  echo "$GITHUB_SHA $GITHUB_ACTOR" >"$RUNNER_TEMP/commits"`,
      `else`,
      `  gh api "repos/$GITHUB_REPOSITORY/compare/$marked...$GITHUB_SHA" >"$RUNNER_TEMP/compared.json"`,
      `  jq --raw-output '.commits[-${COMMITS}:][] | "\\(.sha) \\(.author.login // "")"' "$RUNNER_TEMP/compared.json" >"$RUNNER_TEMP/commits"`,
      `fi`,
      // Where all came by plans that are kept, what only an apply was to tell may be anything by now; else it has to be unknown still.
      `exact=()`,
      // Of those before the newest nobody knows how they came.
      `if [ -n "$marked" ] && [ "$(jq '(.total_commits // 0) > ${COMMITS}' "$RUNNER_TEMP/compared.json")" != false ]; then exact=(--exact); fi`,
      `while read -r commit author; do`,
      `  gh api "repos/$GITHUB_REPOSITORY/commits/$commit/pulls" </dev/null >"$RUNNER_TEMP/pulls.json"`,
      `  merged=$(jq --raw-output --arg branch "$BRANCH" '.[] | select(.merged_at != null and .base.ref == $branch) | .head.sha' "$RUNNER_TEMP/pulls.json")`,
      `  if [ -n "$merged" ]; then echo "$merged"; elif [ "$author" != "$BOT" ]; then exact=(--exact); fi`,
      `done <"$RUNNER_TEMP/commits" >"$RUNNER_TEMP/heads"`,
      `sort --unique --output "$RUNNER_TEMP/heads" "$RUNNER_TEMP/heads"`,
      `while read -r head; do`,
      `  gh api "repos/$GITHUB_REPOSITORY/actions/workflows/$WORKFLOW/runs?event=pull_request&status=success&head_sha=$head&per_page=100" </dev/null >"$RUNNER_TEMP/runs.json"`,
      `  run=$(jq --raw-output '[.workflow_runs[] | select(.head_repository.id == .repository.id)] | sort_by(.created_at) | last | .id // empty' "$RUNNER_TEMP/runs.json")`,
      `  if [ -z "$run" ] || ! gh run download "$run" --repo "$GITHUB_REPOSITORY" --name "$REVIEWED" --dir "$seen/$head" </dev/null; then`,
      `    echo "::notice::nothing is kept of what was planned for $head"`,
      `    exact=(--exact)`,
      `    continue`,
      `  fi`,
      `  gh api "repos/$GITHUB_REPOSITORY/commits/$head/check-runs?check_name=\${CHECK// /%20}&per_page=100" </dev/null >"$RUNNER_TEMP/checks.json"`,
      `  said=$(jq --raw-output '[.check_runs[] | select(.app.slug == "github-actions")] | sort_by(.id) | last | .output.title // empty' "$RUNNER_TEMP/checks.json")`,
      ...digestOfFolder(`"$seen/$head"`, context.attest ? `"$RUNNER_TEMP/digests"` : undefined).map((line) => `  ${line}`),
      `  if [ "$digest" != "$said" ]${context.attest ? ` || ! ${isAttested("$RUNNER_TEMP/digests")} </dev/null` : ""}; then`,
      `    echo "::warning::what is kept of the plan for $head has not the digest that its check says${context.attest ? ", or no signature" : ""}, and counts for nothing"`,
      `    rm -rf "\${seen:?}/$head"`,
      `    exact=(--exact)`,
      `  fi`,
      `done <"$RUNNER_TEMP/heads"`,
      `status=0`,
      `npx --no-install goldenpath reviewed "$RUNNER_TEMP/$STACK.json" --seen "$seen"${images.join("")} "\${exact[@]}" || status=$?`,
      `if [ "$status" = 0 ]; then`,
      `  echo "each change was in a plan that people have seen"`,
      `elif [ "$status" = 1 ] && [ "$BY_HAND" = true ]; then`,
      `  echo "::warning::nobody has seen all of it, and somebody has started it by hand"`,
      `elif [ "$status" = 1 ]; then`,
      `  echo "::error::nobody has seen all of it; look at it, and start the workflow by hand to take it as it is"`,
      `  exit 1`,
      `else`,
      `  exit "$status"`,
      `fi`,
    ],
  };
}
