import { PIPELINE_IDENTITIES } from "../../pipelines/pipeline";
import { IMAGES, INFRASTRUCTURE } from "./application";
import { attestJob } from "./attest-job";
import { compareJob } from "./compare-job";
import type { DeployPlace } from "./deploy-place";
import { driftJob } from "./drift";
import type { WorkflowsOptions } from "./options";
import { setUpSteps } from "./own-program";
import { recordJob } from "./released-steps";
import type { StackContext } from "./stack-context";
import { applyId, applyJob, doneJob, planId, planJob } from "./stack-jobs";
import { READ_CODE, RUNNER } from "./steps";
import { commentJob, tryJob } from "./try-job";
import { variablesOf } from "./variables";
import type { Job, Workflow } from "./workflow";

/** Time on working days at which few others ask for machines. */
const DRIFT = "23 4 * * 1-5";

/** The workflow of the stacks: a plan of each pull request, an apply of each branch to its environment, and what has drifted. */
export function infrastructureWorkflow(
  places: readonly [DeployPlace, ...DeployPlace[]],
  options: WorkflowsOptions,
): Workflow {
  const { engine, drift = DRIFT } = options;
  const branches = [...new Set(places.map(({ deploy }) => deploy.branch))];
  const [first] = places;
  return {
    comment: [
      "Plans the stacks of a pull request, applies those of a branch to its environment, one after the other, and looks for what was",
      "changed by hand. Each plan is for what the one before has made; run again, it goes on where it stopped.",
      ...variablesOf(places, PIPELINE_IDENTITIES),
    ],
    name: "Infrastructure",
    on: {
      push: { branches },
      pull_request: { branches },
      ...(drift !== false && { schedule: [{ cron: drift }] }),
      workflow_dispatch: {
        inputs: {
          environment: {
            description: "Environment, from its own branch: its plan is taken as it is now",
            type: "choice",
            options: places.map(({ environment }) => environment.name),
            default: first.environment.name,
          },
        },
      },
    },
    // Runs of a branch wait for each other, and of those that wait the newest is kept; a pull request's old plan is of no use.
    concurrency: {
      group: "infrastructure-${{ github.event_name == 'schedule' && 'schedule' || github.ref }}",
      "cancel-in-progress": "${{ github.event_name == 'pull_request' }}",
    },
    jobs: {
      check: checkJob(options),
      ...Object.fromEntries(
        places.flatMap((place) => [
          [`try-${place.environment.name}`, tryJob(place, options)] as const,
          [`comment-${place.environment.name}`, commentJob(place)] as const,
          ...(options.attest === true ? [[`attest-${place.environment.name}`, attestJob(place)] as const] : []),
          [`compare-${place.environment.name}`, compareJob(place, options)] as const,
        ]),
      ),
      ...Object.fromEntries(places.flatMap((place) => jobsOf(place, options))),
      ...(drift !== false &&
        Object.fromEntries(
          places.map((place) => [`drift-${place.environment.name}`, driftJob(place, engine)] as const),
        )),
    },
  };
}

/** What every pull request has to pass, whoever opened it. */
function checkJob({ checks = ["npm test"], runner = RUNNER }: WorkflowsOptions): Job {
  return {
    name: "Check",
    if: "github.event_name == 'pull_request'",
    runsOn: runner,
    timeoutMinutes: 60,
    permissions: [READ_CODE],
    steps: [
      // Nobody is anybody here: what packages run is theirs.
      ...setUpSteps({ install: "npm ci --no-audit --no-fund" }),
      { name: "Synthesize", run: ["npx --no-install goldenpath synth"] },
      { name: "See that what is rendered is committed", run: ["npx --no-install goldenpath render --check"] },
      ...checks.map((command) => ({ name: command, run: [command] })),
    ],
  };
}

/** Jobs of an environment: a plan and an apply of each stack, and what is said of them afterwards. */
function jobsOf(
  place: DeployPlace,
  { engine, imagesFolder = IMAGES, committer = "", attest = false }: WorkflowsOptions,
): (readonly [string, Job])[] {
  const { environment, application, stacks } = place;
  const context: StackContext = {
    folder: imagesFolder,
    committer,
    attest,
    workflow: INFRASTRUCTURE,
    ...(engine !== undefined && { engine }),
  };
  return [
    ...stacks.flatMap((stack, index) => [
      [planId(stack), planJob(place, stack, stacks[index - 1], context)] as const,
      [applyId(stack), applyJob(place, stack, context)] as const,
    ]),
    [`done-${environment.name}`, doneJob(place)] as const,
    ...(environment.release === "terraform"
      ? [[`record-${environment.name}`, recordJob(place, applyId(application.stackName), context)] as const]
      : []),
  ];
}
