import { ACTIONS } from "../../pipelines/actions";
import type { DeployPlace } from "./deploy-place";
import type { Engine, WorkflowsOptions } from "./options";
import { engineOf, initAndPlan, nameStep, planStep, programOf, readySteps, tryPlanStep } from "./stack-steps";
import { expression, head, READ_CODE, RUNNER, SIGN_IN, whileCurrent } from "./steps";
import type { Job, RunStep } from "./workflow";

/* Jobs about the stacks of an environment. */

const envOf = (
  { access }: DeployPlace,
  engine: Engine,
  identity: "apply" | "plan",
): Readonly<Record<string, string>> => ({
  ENGINE: programOf(engine),
  ...access.env(identity),
});

/** Where it runs: what asks the Kubernetes API has to reach it. */
const runsOn = ({ deploy }: DeployPlace): Job["runsOn"] => deploy.runner ?? RUNNER;

const reportName = ({ environment }: DeployPlace): string => `report-${environment.name}`;

/** Plans every stack of a pull request of this repository's own; one of a fork gets no identity, as its code would have it. */
export function tryJob(place: DeployPlace, { engine: given, acknowledged }: WorkflowsOptions): Job {
  const engine = engineOf(given);
  const { environment, deploy, stacks } = place;
  return {
    name: `Plan ${environment.name}`,
    needs: ["check"],
    if:
      `github.event_name == 'pull_request' && github.base_ref == '${deploy.branch}' && ` +
      `github.event.pull_request.head.repo.full_name == github.repository && ` +
      // GitHub gives its bot as little as a fork.
      `github.event.pull_request.user.login != 'dependabot[bot]'`,
    runsOn: runsOn(place),
    timeoutMinutes: 60,
    permissions: [READ_CODE, SIGN_IN],
    env: envOf(place, engine, "plan"),
    steps: [
      ...readySteps(place, engine, "plan"),
      ...stacks.map((stack, index) => tryPlanStep(stack, stacks[index - 1])),
      nameStep(place),
      {
        name: "Keep what was planned",
        uses: ACTIONS.uploadArtifact,
        with: {
          name: expression("steps.synthesized.outputs.name"),
          path: expression("format('{0}/reviewed', runner.temp)"),
          "retention-days": 30,
        },
      },
      reportStep(place, acknowledged),
      {
        name: "Keep the report",
        if: "!cancelled() && steps.report.outcome != 'skipped'",
        uses: ACTIONS.uploadArtifact,
        with: { name: reportName(place), path: expression("format('{0}/report', runner.temp)"), "retention-days": 30 },
      },
    ],
  };
}

/** What the plans would do, in the model's words, for people. Stops at a risk that nobody has answered for. */
function reportStep({ stacks }: DeployPlace, acknowledged: string | undefined): RunStep {
  return {
    name: "Report what would happen",
    id: "report",
    env: {
      STACKS: stacks.join(" "),
      SOURCE: `${expression("github.server_url")}/${expression("github.repository")}/blob/${expression("github.sha")}`,
      ...(acknowledged !== undefined && { ACKNOWLEDGED: acknowledged }),
    },
    run: [
      `plans=()`,
      `for stack in $STACKS; do`,
      `  if [ -f "$RUNNER_TEMP/$stack.json" ]; then plans+=("$RUNNER_TEMP/$stack.json"); fi`,
      `done`,
      `mkdir -p "$RUNNER_TEMP/report"`,
      `status=0`,
      `npx --no-install goldenpath report "\${plans[@]}" --source "$SOURCE" --markdown "$RUNNER_TEMP/report/report.md" \\`,
      `  --html "$RUNNER_TEMP/report/report.html"${acknowledged === undefined ? "" : ` --acknowledged "$ACKNOWLEDGED"`} || status=$?`,
      `if [ -f "$RUNNER_TEMP/report/report.md" ]; then cat "$RUNNER_TEMP/report/report.md" >>"$GITHUB_STEP_SUMMARY"; fi`,
      `exit "$status"`,
    ],
  };
}

/**
 * Puts the report into one comment of the pull request, again and again the same. It runs nothing of the pull request: what it reads is the
 * text of the report.
 */
export function commentJob(place: DeployPlace): Job {
  const { environment } = place;
  const tried = `try-${environment.name}`;
  return {
    name: `Comment on the plan of ${environment.name}`,
    needs: [tried],
    if: `!cancelled() && (needs.${tried}.result == 'success' || needs.${tried}.result == 'failure')`,
    runsOn: RUNNER,
    timeoutMinutes: 10,
    permissions: [{ scope: "pull-requests", access: "write", why: "to keep the comment" }],
    steps: [
      {
        name: "Fetch the report",
        uses: ACTIONS.downloadArtifact,
        with: {
          pattern: reportName(place),
          "merge-multiple": true,
          path: expression("format('{0}/report', runner.temp)"),
        },
      },
      {
        name: "Keep the comment",
        env: {
          GH_TOKEN: expression("github.token"),
          NUMBER: expression("github.event.number"),
          MARK: `<!-- goldenpath ${environment.name} -->`,
        },
        run: [
          `if [ ! -f "$RUNNER_TEMP/report/report.md" ]; then`,
          `  echo "::notice::there is no report: the run says why"`,
          `  exit 0`,
          `fi`,
          // In place of the report's own first line: a branch may be of several environments.
          `{ echo "$MARK"; tail -n +2 "$RUNNER_TEMP/report/report.md"; } >"$RUNNER_TEMP/comment.md"`,
          `comment=$(gh api --paginate "repos/$GITHUB_REPOSITORY/issues/$NUMBER/comments" |`,
          `  jq --raw-output --slurp --arg mark "$MARK" '[.[][] | select(.user.type == "Bot" and (.body | startswith($mark)))] | first | .id // empty')`,
          `if [ -n "$comment" ]; then`,
          `  gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$comment" --silent --field body=@"$RUNNER_TEMP/comment.md"`,
          `else`,
          `  gh api --method POST "repos/$GITHUB_REPOSITORY/issues/$NUMBER/comments" --silent --field body=@"$RUNNER_TEMP/comment.md"`,
          `fi`,
        ],
      },
    ],
  };
}

/** Whether a run of this branch is about the environment. */
const isFor = ({ environment, deploy }: DeployPlace): string =>
  `github.ref == 'refs/heads/${deploy.branch}' && (github.event_name == 'push' || ` +
  `github.event_name == 'workflow_dispatch' && inputs.environment == '${environment.name}')`;

/** Ids of the jobs of a stack. */
export const planId = (stack: string): string => `plan-${stack}`;
export const applyId = (stack: string): string => `apply-${stack}`;

/** Plans one stack for its apply, once that before it is as it should be. */
export function planJob(place: DeployPlace, stack: string, before: string | undefined, given?: Engine): Job {
  const engine = engineOf(given);
  const needs = before === undefined ? [] : [planId(before), applyId(before)];
  const earlier =
    before === undefined
      ? ""
      : ` && !cancelled() && needs.${planId(before)}.result == 'success' && ` +
        `(needs.${applyId(before)}.result == 'success' || needs.${applyId(before)}.result == 'skipped')`;
  return {
    name: `Plan ${stack}`,
    needs,
    if: isFor(place) + earlier,
    runsOn: runsOn(place),
    timeoutMinutes: 60,
    permissions: [
      READ_CODE,
      SIGN_IN,
      { scope: "actions", access: "read", why: "to find what was planned for the pull request" },
    ],
    outputs: { changes: expression("steps.plan.outputs.changes") },
    env: envOf(place, engine, "plan"),
    steps: [
      ...readySteps(place, engine, "plan"),
      planStep(stack),
      nameStep(place),
      reviewedStep(stack),
      {
        name: "Keep what is planned",
        uses: ACTIONS.uploadArtifact,
        with: {
          name: planId(stack),
          path: expression(`format('{0}/reviewed/${stack}.json', runner.temp)`),
          overwrite: true,
          "retention-days": 30,
        },
      },
    ],
  };
}

/**
 * Compares with what was planned for the pull request, if its stacks were these, byte for byte. A push stops where the world has moved since;
 * whoever starts the workflow by hand takes the plan as it is now.
 */
function reviewedStep(stack: string): RunStep {
  return {
    name: "Compare with what was reviewed",
    env: {
      GH_TOKEN: expression("github.token"),
      STACK: stack,
      NAME: expression("steps.synthesized.outputs.name"),
      EVENT: expression("github.event_name"),
    },
    run: [
      `run=$(gh api "repos/$GITHUB_REPOSITORY/actions/artifacts?name=$NAME&per_page=100" --jq '[.artifacts[]`,
      `  | select((.expired | not) and .workflow_run.head_repository_id == .workflow_run.repository_id)]`,
      `  | sort_by(.created_at) | last | .workflow_run.id // empty')`,
      `if [ -n "$run" ]; then gh run download "$run" --repo "$GITHUB_REPOSITORY" --name "$NAME" --dir "$RUNNER_TEMP/before"; fi`,
      `if [ ! -f "$RUNNER_TEMP/before/$STACK.json" ]; then`,
      `  echo "::notice::nobody has seen a plan of exactly this $STACK before: look at this one"`,
      `elif npx --no-install goldenpath reviewed "$RUNNER_TEMP/$STACK.json" --against "$RUNNER_TEMP/before/$STACK.json"; then`,
      `  echo "it is what was planned for the pull request"`,
      `elif [ "$EVENT" = workflow_dispatch ]; then`,
      `  echo "::warning::it is not what was planned for the pull request, and was started by hand"`,
      `else`,
      `  echo "::error::it is not what was planned for the pull request; start the workflow by hand to take it as it is"`,
      `  exit 1`,
      `fi`,
    ],
  };
}

/** Applies what the job before has planned, and nothing else: the environment's reviewers have seen that one. */
export function applyJob(place: DeployPlace, stack: string, given?: Engine): Job {
  const engine = engineOf(given);
  const { environment, deploy } = place;
  return {
    name: `Apply ${stack}`,
    needs: [planId(stack)],
    if: `needs.${planId(stack)}.outputs.changes == 'true'`,
    runsOn: runsOn(place),
    timeoutMinutes: 120,
    environment: { name: environment.name, url: deploy.url },
    concurrency: { group: `apply-${environment.name}`, "cancel-in-progress": false },
    permissions: [READ_CODE, SIGN_IN],
    env: envOf(place, engine, "apply"),
    steps: [
      head(deploy.branch),
      ...whileCurrent([
        ...readySteps(place, engine, "apply"),
        {
          name: "Fetch what is planned",
          uses: ACTIONS.downloadArtifact,
          with: { name: planId(stack), path: expression("format('{0}/reviewed', runner.temp)") },
        },
        applyStep(stack),
      ]),
    ],
  };
}

function applyStep(stack: string): RunStep {
  return {
    name: `Apply ${stack}`,
    env: { STACK: stack },
    run: [
      `PLAN="$RUNNER_TEMP/$STACK"`,
      ...initAndPlan(true),
      `if ! npx --no-install goldenpath reviewed "$PLAN.json" --against "$RUNNER_TEMP/reviewed/$STACK.json"; then`,
      `  echo "::error::$STACK is not what it was when it was planned; run all jobs again, for a plan of what is there now"`,
      `  exit 1`,
      `fi`,
      `"$ENGINE" -chdir="cdktf.out/stacks/$STACK" apply -input=false "$PLAN.bin"`,
    ],
  };
}
