import { ACTIONS } from "../../pipelines/actions";
import { type DeployPlace, runnerOf } from "./deploy-place";
import { guardStep } from "./guard-step";
import { releasedSteps } from "./released-steps";
import { appliedName, seenStep } from "./seen-step";
import type { StackContext } from "./stack-context";
import { engineOf, envOf, initAndPlan, planStep, readySteps } from "./stack-steps";
import { expression, head, READ_CODE, RUNNER, SIGN_IN, whileCurrent } from "./steps";
import type { Job, Permission, RunStep } from "./workflow";

/* Jobs about the stacks of an environment, after a push to its branch. */

/** Whether a run of this branch is about the environment. */
const isFor = ({ environment, deploy }: DeployPlace): string =>
  `github.ref == 'refs/heads/${deploy.branch}' && (github.event_name == 'push' || ` +
  `github.event_name == 'workflow_dispatch' && inputs.environment == '${environment.name}')`;

/** Ids of the jobs of a stack. */
export const planId = (stack: string): string => `plan-${stack}`;
export const applyId = (stack: string): string => `apply-${stack}`;

const READ_RUNS: Permission = { scope: "actions", access: "read", why: "to find what earlier runs have left" };

const READ_ATTESTATIONS: Permission = { scope: "attestations", access: "read", why: "to read who signed it" };

/** Tells whoever approves what would happen. A risk stops a pull request, and not what was merged. */
const reportStep = (stack: string): RunStep => ({
  name: "Report what would happen",
  env: { STACK: stack },
  run: [
    `status=0`,
    `npx --no-install goldenpath report "$RUNNER_TEMP/$STACK.json" --markdown "$RUNNER_TEMP/report.md" || status=$?`,
    `if [ -f "$RUNNER_TEMP/report.md" ]; then cat "$RUNNER_TEMP/report.md" >>"$GITHUB_STEP_SUMMARY"; fi`,
    `if [ "$status" -gt 1 ]; then exit "$status"; fi`,
  ],
});

/** Plans one stack for its apply, once that before it is as it should be. */
export function planJob(place: DeployPlace, stack: string, before: string | undefined, context: StackContext): Job {
  const engine = engineOf(context.engine);
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
    runsOn: runnerOf(place.deploy, "plan"),
    timeoutMinutes: 60,
    permissions: [
      READ_CODE,
      SIGN_IN,
      READ_RUNS,
      { scope: "pull-requests", access: "read", why: "to find the pull request of a commit" },
      { scope: "checks", access: "read", why: "to read the digest of what was reviewed" },
      ...(context.attest ? [READ_ATTESTATIONS] : []),
    ],
    // Nothing where the commit is not the newest any more, so that nobody is asked to approve what will not be applied.
    outputs: { changes: expression("steps.plan.outputs.changes") },
    env: envOf(place, engine, "plan"),
    steps: [
      head(place.deploy.branch),
      ...whileCurrent([
        ...readySteps(place, engine, "plan"),
        planStep(stack),
        reportStep(stack),
        seenStep(place, stack, context),
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
      ]),
    ],
  };
}

/** Applies what the job before has planned, and nothing else: the environment's reviewers have seen that one. */
export function applyJob(place: DeployPlace, stack: string, context: StackContext): Job {
  const engine = engineOf(context.engine);
  const { environment, deploy, application } = place;
  const isReleased = environment.release === "terraform" && stack === application.stackName;
  return {
    name: `Apply ${stack}`,
    needs: [planId(stack)],
    // GitHub looks at everything before it otherwise, and an earlier stack that had nothing to change was skipped.
    if: `!cancelled() && needs.${planId(stack)}.result == 'success' && needs.${planId(stack)}.outputs.changes == 'true'`,
    runsOn: runnerOf(deploy, "apply"),
    timeoutMinutes: 120,
    environment: { name: environment.name, url: deploy.url },
    concurrency: { group: `apply-${environment.name}`, "cancel-in-progress": false },
    permissions: [READ_CODE, SIGN_IN, READ_RUNS],
    outputs: {
      touched: expression("steps.apply.outputs.touched"),
      ...(isReleased && {
        back: expression("steps.back.outputs.back"),
        images: expression("steps.back.outputs.images"),
      }),
    },
    env: envOf(place, engine, "apply"),
    steps: [
      guardStep(deploy),
      head(deploy.branch),
      ...whileCurrent([
        ...readySteps(place, engine, "apply"),
        {
          name: "Fetch what is planned",
          uses: ACTIONS.downloadArtifact,
          with: { name: planId(stack), path: expression("format('{0}/reviewed', runner.temp)") },
        },
        applyStep(stack),
        ...(isReleased ? releasedSteps(place, stack, context) : []),
      ]),
    ],
  };
}

/**
 * Longest that an apply may take: a job of two hours then has the time to go back. In the foreground, as the engine takes a second interrupt, of its
 * group, for an order to leave everything as it is.
 */
const APPLY_MINUTES = 60;

function applyStep(stack: string): RunStep {
  return {
    name: `Apply ${stack}`,
    id: "apply",
    env: { STACK: stack },
    run: [
      `PLAN="$RUNNER_TEMP/$STACK"`,
      ...initAndPlan(true),
      `if ! npx --no-install goldenpath reviewed "$PLAN.json" --against "$RUNNER_TEMP/reviewed/$STACK.json"; then`,
      `  echo "::error::$STACK is not what it was when it was planned; run all jobs again, for a plan of what is there now"`,
      `  exit 1`,
      `fi`,
      // From here on something may be another than before.
      `echo "touched=true" >>"$GITHUB_OUTPUT"`,
      // A job that ends by its own time kills the engine, which then leaves a lock and no state of what it made.
      `exec timeout --foreground --signal INT --kill-after 5m ${APPLY_MINUTES}m "$ENGINE" -chdir="cdktf.out/stacks/$STACK" apply -input=false "$PLAN.bin"`,
    ],
  };
}

/** Leaves a mark where everything of a commit is applied: pull requests before it count for nothing any more. */
export function doneJob(place: DeployPlace): Job {
  const { environment, stacks } = place;
  const isDone = (stack: string): string =>
    // No changes are known of a commit alone that was the newest when it was planned.
    `(needs.${planId(stack)}.outputs.changes == 'false' || ` +
    `needs.${applyId(stack)}.result == 'success' && needs.${applyId(stack)}.outputs.touched == 'true')`;
  return {
    name: `Mark what is applied to ${environment.name}`,
    needs: stacks.flatMap((stack) => [planId(stack), applyId(stack)]),
    if: `!cancelled() && ${stacks.map(isDone).join(" && ")}`,
    runsOn: RUNNER,
    timeoutMinutes: 5,
    permissions: [],
    steps: [
      { name: "Say which commit it is", run: [`echo "$GITHUB_SHA" >"$RUNNER_TEMP/applied"`] },
      {
        name: "Keep which commit it is",
        uses: ACTIONS.uploadArtifact,
        with: {
          name: appliedName(place),
          path: expression("format('{0}/applied', runner.temp)"),
          overwrite: true,
          "retention-days": 90,
        },
      },
    ],
  };
}
