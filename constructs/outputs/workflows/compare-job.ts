import { ACTIONS } from "../../pipelines/actions";
import { baseStep, OUTPUTS } from "./compared";
import type { DeployPlace } from "./deploy-place";
import type { WorkflowsOptions } from "./options";
import { setUpSteps } from "./own-program";
import { checkout, expression, READ_CODE, RUNNER } from "./steps";
import type { Job, RunStep } from "./workflow";

/* What a pull request gets that may be nobody in a cloud: how its stacks differ from the branch's, in place of a plan. */

/** Whether it is of a fork, or of GitHub's bot, which is given as little. */
export const IS_OF_OTHERS =
  "(github.event.pull_request.head.repo.full_name != github.repository || github.event.pull_request.user.login == 'dependabot[bot]')";

const compareStep: RunStep = {
  name: "Say how the stacks differ",
  id: "compare",
  env: {
    SOURCE: `${expression("github.server_url")}/${expression("github.repository")}/blob/${expression("github.sha")}`,
  },
  run: [
    `if [ ! -d "$RUNNER_TEMP/base/cdktf.out" ]; then`,
    `  echo "::notice::there is nothing to compare with: what the branch has cannot be synthesized"`,
    `  exit 0`,
    `fi`,
    ...OUTPUTS,
    `mkdir -p "$RUNNER_TEMP/report"`,
    `status=0`,
    `npx --no-install goldenpath compare "$RUNNER_TEMP/base/cdktf.out" cdktf.out "\${outputs[@]}" --source "$SOURCE" \\`,
    `  --markdown "$RUNNER_TEMP/report/comparison.md" --html "$RUNNER_TEMP/report/comparison.html" || status=$?`,
    `if [ -f "$RUNNER_TEMP/report/comparison.md" ]; then cat "$RUNNER_TEMP/report/comparison.md" >>"$GITHUB_STEP_SUMMARY"; fi`,
    `if [ "$status" = 1 ] && [ -f "$RUNNER_TEMP/report/comparison.md" ]; then`,
    `  echo "::warning::a risk is above medium: read the comparison in the summary of this run before it is merged"`,
    `  exit 0`,
    `fi`,
    `exit "$status"`,
  ],
};

/**
 * Compares the stacks of a pull request that others opened with those of the branch, as they are written. Its code runs with a token that may
 * read the code and nothing else, which cannot comment either: the report is in the summary of the run. A risk is said and stops nothing, as
 * nobody can answer for what is no plan; a merge is planned before it is applied, and stops where nobody has seen that plan.
 */
export function compareJob(place: DeployPlace, { runner = RUNNER }: WorkflowsOptions): Job {
  const { deploy, environment } = place;
  return {
    name: `Compare ${environment.name}`,
    needs: ["check"],
    if: `github.event_name == 'pull_request' && github.base_ref == '${deploy.branch}' && ${IS_OF_OTHERS}`,
    runsOn: runner,
    timeoutMinutes: 30,
    permissions: [READ_CODE],
    steps: [
      // The commit that a merge would make, and what it is compared with: its first parent.
      ...setUpSteps({ checkout: { ...checkout, with: { ...checkout.with, "fetch-depth": 2 } } }),
      {
        name: "Synthesize",
        env: { ENVIRONMENT: environment.name },
        run: [`npx --no-install goldenpath synth "$ENVIRONMENT"`],
      },
      baseStep(place),
      compareStep,
      {
        name: "Keep the comparison",
        if: "!cancelled() && steps.compare.outcome != 'skipped'",
        uses: ACTIONS.uploadArtifact,
        with: {
          name: `comparison-${environment.name}`,
          path: expression("format('{0}/report', runner.temp)"),
          "if-no-files-found": "ignore",
          overwrite: true,
          "retention-days": 30,
        },
      },
    ],
  };
}
